/** Text with Telegram's entities as elements. Offsets count UTF-16 units, as JavaScript's strings do. */

import { element } from "./element.js";
import { safeAddress } from "./links.js";
import { label, words } from "./language.js";

const PLAIN_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/**
 * Draws a text.
 * @param {string} text
 * @param {object[]} entities as the Bot API gives them; nested ones nest, overlapping ones are cut at the border
 * @param {{say: (text: string) => void, open: (url: URL) => void}} actions what a command and a link do
 */
export function drawText(text, entities, actions) {
  const queue = (entities ?? []).filter((entity) => entity.length > 0 && entity.offset >= 0).sort(outerFirst);
  const root = document.createDocumentFragment();
  fill(root, text, 0, text.length, queue, actions);
  return root;
}

const outerFirst = (one, other) => one.offset - other.offset || other.length - one.length;

function fill(parent, text, start, end, queue, actions) {
  let at = start;
  while (queue.length > 0 && queue[0].offset < end) {
    const entity = queue.shift();
    const stop = entity.offset + entity.length;
    const from = Math.max(entity.offset, at);
    const until = Math.min(stop, end);
    if (stop > end && end < text.length) {
      queue.push({ ...entity, offset: end, length: stop - end });
      queue.sort(outerFirst);
    }
    if (until <= from) continue;
    parent.append(text.slice(at, from));
    const drawn = draw(entity, text.slice(from, until), actions);
    fill(drawn.inner ?? drawn, text, from, until, queue, actions);
    parent.append(drawn);
    // A block ends its line by itself; the line break behind it would show as an empty line.
    at = BLOCKS.has(entity.type) && text[until] === "\n" && until < end ? until + 1 : until;
  }
  parent.append(text.slice(at, end));
}

function draw(entity, covered, actions) {
  switch (entity.type) {
    case "text_link":
      return link(safeAddress(entity.url), actions);
    case "url":
      return link(safeAddress(covered), actions);
    case "email":
      return link(safeAddress(`mailto:${covered}`), actions);
    case "phone_number":
      return link(safeAddress(`tel:${covered.replace(/[^\d+]/g, "")}`), actions);
    case "bot_command":
      return element("button", { type: "button", class: "command", onclick: () => actions.say(covered) });
    case "spoiler":
      return spoiler();
    case "pre": {
      const inner = element("code");
      const data = entity.language ? { language: entity.language } : {};
      return Object.assign(element("pre", { data, tabindex: 0 }, inner), { inner });
    }
    case "blockquote":
      return element("blockquote");
    case "expandable_blockquote":
      return expandable();
    default:
      return element(PLAIN_TAGS[entity.type] ?? "span", { class: PLAIN_TAGS[entity.type] ? null : `entity ${entity.type}` });
  }
}

function link(url, actions) {
  if (url === null) return element("span");
  return element("a", {
    href: url.href,
    target: "_blank",
    rel: "noopener noreferrer",
    onclick: (event) => {
      event.preventDefault();
      actions.open(url);
    },
  });
}

function spoiler() {
  const inner = element("span");
  inner.inert = true;
  const cover = label(element("span", { class: "spoiler", role: "button", tabindex: 0 }, inner), "showHidden");
  const show = () => {
    inner.inert = false;
    cover.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label", "title"]) cover.removeAttribute(name);
    delete cover.dataset.name;
  };
  cover.addEventListener("click", show);
  cover.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    show();
  });
  return Object.assign(cover, { inner });
}

function expandable() {
  const inner = element("div", { class: "quoted" });
  const toggle = element("button", { type: "button", class: "unfold", "aria-expanded": "false" }, words("showMore"));
  const quote = element("blockquote", { class: "expandable" }, inner, toggle);
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = words(open ? "showLess" : "showMore");
  });
  return Object.assign(quote, { inner });
}
