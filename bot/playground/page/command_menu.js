/** The list of the bot's commands above the input. The focus stays in the input; arrow keys move in the list. */

import { element } from "./element.js";
import { words } from "./language.js";

let nextId = 1;

export class CommandMenu {
  #all = [];
  #shown = [];
  #at = -1;

  /**
   * @param {object} nodes commands, input, menu: the elements of the phone
   * @param {{send: (command: string) => void, complete: (command: string) => void}} actions
   */
  constructor(nodes, actions) {
    this.nodes = nodes;
    this.actions = actions;
    this.id = `commands-${nextId++}`;
    nodes.commands.id = this.id;
    nodes.input.setAttribute("aria-controls", this.id);
    nodes.menu.setAttribute("aria-controls", this.id);
    nodes.menu.addEventListener("click", () => {
      if (this.isOpen) this.close();
      else this.open("");
      nodes.input.focus();
    });
  }

  get isOpen() {
    return !this.nodes.commands.hidden;
  }

  setCommands(commands) {
    this.#all = commands;
    if (this.isOpen) this.open(this.prefix);
  }

  /** Follows what is typed: a line that is the beginning of a command opens the list, anything else closes it. */
  follow(text) {
    const typed = /^\/(\w*)$/.exec(text);
    if (typed) this.open(typed[1]);
    else this.close();
  }

  open(prefix) {
    this.prefix = prefix;
    this.#shown = this.#all.filter(({ command }) => command.startsWith(prefix.toLowerCase()));
    this.#at = this.#shown.length > 0 ? 0 : -1;
    this.nodes.commands.replaceChildren(...this.#shown.map((entry, index) => this.#draw(entry, index)));
    if (this.#shown.length === 0) {
      this.nodes.commands.append(element("li", { class: "no-command", role: "presentation" }, words("noCommand")));
    }
    this.#show(true);
    this.#mark();
  }

  close() {
    this.#show(false);
    this.nodes.input.removeAttribute("aria-activedescendant");
  }

  /** Takes a key typed in the input; says whether the list used it up. */
  takeKey(event) {
    if (!this.isOpen) return false;
    if (event.key === "Escape") {
      this.close();
      return true;
    }
    if (this.#at < 0) return false;
    const { command } = this.#shown[this.#at];
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.#at = (this.#at + step + this.#shown.length) % this.#shown.length;
        this.#mark();
        return true;
      }
      case "Enter":
        this.close();
        this.actions.send(`/${command}`);
        return true;
      case "Tab":
        if (event.shiftKey) return false;
        this.close();
        this.actions.complete(`/${command} `);
        return true;
      default:
        return false;
    }
  }

  #draw({ command, description }, index) {
    const line = element(
      "li",
      { role: "option", id: `${this.id}-${index}` },
      element("span", { class: "command-name" }, `/${command}`),
      element("span", { class: "command-what" }, description),
    );
    line.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps the focus
    line.addEventListener("click", () => {
      this.close();
      this.actions.send(`/${command}`);
    });
    return line;
  }

  #show(open) {
    this.nodes.commands.hidden = !open;
    this.nodes.input.setAttribute("aria-expanded", String(open));
    this.nodes.menu.setAttribute("aria-expanded", String(open));
  }

  #mark() {
    for (const [index, line] of [...this.nodes.commands.querySelectorAll("[role=option]")].entries()) {
      line.setAttribute("aria-selected", String(index === this.#at));
      if (index !== this.#at) continue;
      this.nodes.input.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    }
    if (this.#at < 0) this.nodes.input.removeAttribute("aria-activedescendant");
  }
}
