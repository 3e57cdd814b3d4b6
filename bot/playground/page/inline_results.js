/** Inline mode: a line that begins with the bot's name asks the bot while one types; a tap on a result posts it. */

import { element } from "./element.js";
import { label, words } from "./language.js";

const PAUSE = 250; // milliseconds without a key, as Telegram's clients wait before they ask

let nextId = 1;

export class InlineResults {
  #timer = null;
  #queryId = null;
  #asked = null; // what stands behind the name and was asked last
  #early = null; // an answer that was faster than the id of its question
  #results = [];
  #button = null;
  #at = -1;

  /**
   * @param {object} nodes inline, input: the elements of the phone
   * @param {object} actions ask(text) gives a promise of the query's id or null, post(queryId, resultId) one of whether
   *   it was posted, start(parameter) follows the button above the results
   */
  constructor(nodes, actions) {
    this.nodes = nodes;
    this.actions = actions;
    this.id = `inline-${nextId++}`;
    nodes.inline.id = this.id;
    label(nodes.inline, "inlineResults");
  }

  get isOpen() {
    return !this.nodes.inline.hidden;
  }

  /** Follows what is typed: `@bot words` asks, anything else closes the list. */
  follow(text, botName) {
    const typed = /^@(\w+)\s([\s\S]*)$/.exec(text);
    if (!typed || typed[1].toLowerCase() !== botName.toLowerCase()) {
      this.close();
    } else if (typed[2] !== this.#asked) {
      this.#asked = typed[2];
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(typed[2]), PAUSE);
    }
  }

  /** Takes the bot's answer; one to an older question is of no use any more. */
  take(answer) {
    if (answer.query_id !== this.#queryId) {
      this.#early = answer;
      return;
    }
    this.#results = answer.results;
    this.#button = answer.button;
    this.#at = answer.results.length > 0 ? 0 : -1;
    this.draw();
    this.#show(true);
  }

  draw() {
    const lines = this.#results.map((result, index) => this.#line(result, index));
    if (this.#button) lines.unshift(this.#buttonLine(this.#button));
    if (lines.length === 0) lines.push(element("li", { class: "no-command", role: "presentation" }, words("noResult")));
    this.nodes.inline.replaceChildren(...lines);
    this.#mark();
  }

  close() {
    clearTimeout(this.#timer);
    this.#queryId = this.#asked = null;
    if (this.isOpen) this.#show(false);
  }

  /** Takes a key typed in the input; says whether the list used it up. */
  takeKey(event) {
    if (!this.isOpen) return false;
    if (event.key === "Escape") {
      this.close();
      return true;
    }
    if (this.#at < 0) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#at = (this.#at + step + this.#results.length) % this.#results.length;
      this.#mark();
      return true;
    }
    if (event.key !== "Enter" || event.shiftKey) return false;
    this.#post(this.#results[this.#at]);
    return true;
  }

  async #ask(text) {
    const queryId = await this.actions.ask(text);
    if (text !== this.#asked) return; // somebody has typed on
    this.#queryId = queryId;
    if (this.#early?.query_id === queryId) this.take(this.#early);
  }

  #post(result) {
    const queryId = this.#queryId;
    this.close();
    this.actions.post(queryId, result.id);
  }

  #line(result, index) {
    return this.#tappable(
      { role: "option", id: `${this.id}-${index}` },
      () => this.#post(result),
      element("span", { class: "inline-title" }, result.title),
      element("span", { class: "command-what" }, result.description),
    );
  }

  #buttonLine(button) {
    const follow = () => {
      this.close();
      this.actions.start(button.start_parameter);
    };
    return this.#tappable({ class: "inline-button", role: "presentation" }, follow, button.text);
  }

  #tappable(settings, act, ...children) {
    const line = element("li", settings, ...children);
    line.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps the focus
    line.addEventListener("click", act);
    return line;
  }

  #show(open) {
    this.nodes.inline.hidden = !open;
    this.nodes.input.setAttribute("aria-expanded", String(open));
    if (!open) this.nodes.input.removeAttribute("aria-activedescendant");
  }

  #mark() {
    for (const [index, line] of [...this.nodes.inline.querySelectorAll("[role=option]")].entries()) {
      line.setAttribute("aria-selected", String(index === this.#at));
      if (index !== this.#at) continue;
      this.nodes.input.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    }
  }
}
