/** Files that were chosen, dropped or pasted and wait above the input for 'send'. */

import { readableSize } from "./attachment.js";
import { element, icon } from "./element.js";
import { label, words } from "./language.js";

/** The ways in which a file can be sent, the likely one first. */
function kindsOf(file) {
  if (/^image\/(jpeg|png|webp)$/.test(file.type)) return ["photo", "document"];
  if (file.type.startsWith("audio/")) return ["voice", "document"];
  return ["document"];
}

export class StagedFiles {
  #files = [];

  /** @param {object} nodes staged, input: the elements of the phone */
  constructor(nodes) {
    this.nodes = nodes;
  }

  get isEmpty() {
    return this.#files.length === 0;
  }

  add(files) {
    this.#files.push(...[...files].map((file) => ({ file, kind: kindsOf(file)[0] })));
    this.draw();
    this.nodes.input.focus();
  }

  clear() {
    this.#files = [];
    this.draw();
  }

  /** The file to send first, `{file, kind}`. */
  first() {
    return this.#files[0];
  }

  remove(entry) {
    this.#files = this.#files.filter((other) => other !== entry);
    this.draw();
  }

  draw() {
    this.nodes.staged.hidden = this.isEmpty;
    this.nodes.staged.replaceChildren(...this.#files.map((entry) => this.#drawOne(entry)));
  }

  #drawOne(entry) {
    const { file } = entry;
    const kinds = kindsOf(file);
    const choice = element("div", { class: "switch", role: "group" });
    label(choice, "sendAs");
    for (const kind of kinds) {
      const button = element("button", { type: "button", "aria-pressed": String(kind === entry.kind) }, words(kind));
      button.addEventListener("click", () => {
        entry.kind = kind;
        this.draw();
      });
      choice.append(button);
    }
    const off = label(element("button", { type: "button", class: "round" }, icon("close")), "takeOff", { name: file.name });
    off.addEventListener("click", () => {
      this.remove(entry);
      this.nodes.input.focus();
    });
    return element(
      "li",
      {},
      element(
        "span",
        { class: "file-title" },
        element("span", { class: "file-name" }, file.name),
        element("span", { class: "file-size" }, readableSize(file.size)),
      ),
      kinds.length > 1 ? choice : null,
      off,
    );
  }
}
