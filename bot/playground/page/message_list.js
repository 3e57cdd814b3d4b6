/** The messages of a chat in order, with days between them, scrolled as a reader expects. */

import { element } from "./element.js";
import { fitRows, focusedKey, refocusKey } from "./keyboard.js";
import { pageLanguage, words, write } from "./language.js";
import { drawMessage } from "./message.js";

const NEAR_END = 48; // pixels that still count as 'at the bottom'
const LONGEST = 400; // messages kept on the page
const DAY = 86_400_000;

export class MessageList {
  #messages = new Map();
  #items = new Map();
  #following = true; // the reader is at the bottom and goes along with what comes
  #unseen = 0;
  #width = 0;
  #top = 0;

  /**
   * @param {object} nodes scroll, messages, pill, pill-text, empty: the elements of the phone
   * @param {object} actions what links, commands, photos and keys do (see message.js)
   */
  constructor(nodes, actions) {
    this.nodes = nodes;
    this.actions = actions;
    nodes.scroll.addEventListener("scroll", () => this.#noteScroll(), { passive: true });
    nodes.pill.addEventListener("click", () => this.toEnd());
    // Pictures that load, keyboards that fold, a window that shrinks: whoever was at the end stays there.
    const watch = new ResizeObserver(() => {
      this.#fitWidth();
      if (this.#following) this.#scrollDown();
    });
    watch.observe(nodes.scroll);
    watch.observe(nodes.messages);
  }

  has(id) {
    return this.#messages.has(id);
  }

  /** The list item of a message, or undefined. */
  item(id) {
    return this.#items.get(id);
  }

  /** Shows exactly these messages; those that stand there unchanged are not touched. */
  load(messages) {
    this.#noteScroll();
    const wanted = new Set(messages.map((message) => message.message_id));
    for (const id of [...this.#messages.keys()]) if (!wanted.has(id)) this.#drop(id);
    for (const message of messages) {
      if (!same(message, this.#messages.get(message.message_id))) this.#place(message);
    }
    fitRows(this.nodes.messages);
    this.#arrange();
  }

  /** Takes a new message. Nothing happens when it is there already. */
  add(message) {
    if (this.has(message.message_id)) return false;
    this.#noteScroll();
    const item = this.#place(message);
    item.classList.add("fresh");
    fitRows(item);
    if (message.outgoing) this.#following = true;
    else if (!this.#following) this.#unseen += 1;
    while (this.#messages.size > LONGEST) this.#drop(this.#messages.keys().next().value);
    this.#arrange();
    return true;
  }

  /** Draws a message that was edited, in its place, with a soft highlight. */
  edit(message) {
    if (same(message, this.#messages.get(message.message_id))) return;
    this.#noteScroll();
    const item = this.#place(message);
    fitRows(item);
    item.classList.remove("changed");
    void item.offsetWidth; // a second edit within the highlight starts it anew
    item.classList.add("changed");
    this.#arrange();
  }

  remove(id) {
    this.#noteScroll();
    this.#drop(id);
    this.#arrange();
  }

  /** Draws everything anew, as after a change of the page's language. */
  redraw() {
    this.#noteScroll();
    for (const message of this.#messages.values()) this.#place(message);
    for (const day of this.nodes.messages.querySelectorAll(".day")) day.remove();
    fitRows(this.nodes.messages);
    this.#arrange();
  }

  toEnd() {
    this.#following = true;
    this.#unseen = 0;
    this.#scrollDown();
    this.#showPill();
  }

  #place(message) {
    const id = message.message_id;
    const item = this.#items.get(id) ?? element("li", { class: "message", data: { id } });
    item.classList.toggle("mine", Boolean(message.outgoing));
    const focused = focusedKey(item);
    item.replaceChildren(drawMessage(message, this.actions));
    if (focused) refocusKey(item, focused);
    if (!this.#items.has(id)) {
      const after = [...this.#items].filter(([other]) => other < id).at(-1)?.[1];
      if (after) after.after(item);
      else this.nodes.messages.prepend(item);
      this.#items.set(id, item);
      this.#items = new Map([...this.#items].sort(([one], [other]) => one - other));
    }
    this.#messages.set(id, message);
    return item;
  }

  #drop(id) {
    this.#items.get(id)?.remove();
    this.#items.delete(id);
    this.#messages.delete(id);
  }

  /** Days between messages, and which messages follow another one of the same side. */
  #arrange() {
    let before = null;
    for (const [id, item] of this.#items) {
      const message = this.#messages.get(id);
      const newDay = before === null || dayOf(before.date) !== dayOf(message.date);
      this.#showDay(item, newDay ? message.date : null);
      item.classList.toggle("follows", !newDay && Boolean(before.outgoing) === Boolean(message.outgoing));
      before = message;
    }
    const last = this.nodes.messages.lastElementChild;
    if (last?.classList.contains("day")) last.remove();
    this.nodes.empty.hidden = this.#messages.size > 0;
    if (this.#following) this.#scrollDown();
    this.#showPill();
  }

  #showDay(item, date) {
    let day = item.previousElementSibling;
    while (day?.classList.contains("day") && (date === null || day.dataset.day !== dayOf(date))) {
      day.remove();
      day = item.previousElementSibling;
    }
    if (date === null || day?.classList.contains("day")) return;
    item.before(element("li", { class: "day", data: { day: dayOf(date) } }, element("span", {}, nameOfDay(date))));
  }

  #fitWidth() {
    const width = this.nodes.scroll.clientWidth;
    if (width === this.#width) return;
    this.#width = width;
    fitRows(this.nodes.messages);
  }

  /**
   * Where the reader stands: at every scroll, and before anything changes. The browser tells of a scroll only with the
   * next frame; a message that comes before that must not pull the reader down.
   */
  #noteScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.nodes.scroll;
    if (clientHeight === 0) return; // a phone that is not on the screen
    // What grew below since the last scroll is no decision of the reader; moving up is.
    const movedUp = scrollTop < this.#top;
    this.#top = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < NEAR_END) this.#following = true;
    else if (movedUp) this.#following = false;
    if (this.#following) this.#unseen = 0;
    this.#showPill();
  }

  #scrollDown() {
    const { scroll } = this.nodes;
    scroll.scrollTop = scroll.scrollHeight;
    this.#top = scroll.scrollTop; // so that going up from here is seen as going up
  }

  #showPill() {
    this.nodes.pill.hidden = this.#following;
    const count = this.#unseen;
    if (count === 0) write(this.nodes["pill-text"], "toEnd");
    else write(this.nodes["pill-text"], count === 1 ? "newMessage" : "newMessages", { count });
    this.nodes.pill.classList.toggle("news", count > 0);
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const dayOf = (seconds) => new Date(seconds * 1000).toDateString();

function nameOfDay(seconds) {
  const day = dayOf(seconds);
  if (day === new Date().toDateString()) return words("today");
  if (day === new Date(Date.now() - DAY).toDateString()) return words("yesterday");
  const sameYear = new Date(seconds * 1000).getFullYear() === new Date().getFullYear();
  const shape = { weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) };
  return new Intl.DateTimeFormat(pageLanguage(), shape).format(seconds * 1000);
}
