/**
 * The people at the top: which phones are open, and on a narrow screen which one is shown.
 *
 * Wide: a button a person that opens and closes the phone. Narrow: tabs, one phone at a time.
 */

import { element, icon } from "./element.js";
import { label, words } from "./language.js";

const NARROW = matchMedia("(max-width: 759px)");
const REMEMBERED = "roter-faden.open-phones";
const OPEN_AT_FIRST = 2;

export class PeopleBar {
  #people = [];
  #open = new Set();
  #current = null;
  #news = new Map();

  /**
   * @param {HTMLElement} node the bar
   * @param {object} hooks roleOf(index) gives a key of the words; show(ids) puts phones on the screen; add() asks for
   *   a new person
   */
  constructor(node, hooks) {
    this.node = node;
    this.hooks = hooks;
    this.#open = new Set(JSON.parse(localStorage.getItem(REMEMBERED) ?? "[]"));
    NARROW.addEventListener("change", () => this.#apply());
    node.addEventListener("keydown", (event) => this.#key(event));
  }

  setPeople(people) {
    this.#people = people;
    const ids = people.map((person) => person.id);
    if (!ids.some((id) => this.#open.has(id))) this.#open = new Set(ids.slice(0, OPEN_AT_FIRST));
    if (!ids.includes(this.#current)) this.#current = ids[0] ?? null;
    this.#apply();
  }

  /** Opens a phone; on a narrow screen it becomes the one that is shown. */
  open(id) {
    this.#open.add(id);
    this.#current = id;
    this.#apply();
  }

  /** Counts a new message for a phone that nobody sees now. */
  news(id) {
    if (this.#shown().includes(id)) return;
    this.#news.set(id, (this.#news.get(id) ?? 0) + 1);
    this.draw();
  }

  #shown() {
    if (NARROW.matches) return this.#current === null ? [] : [this.#current];
    return this.#people.map((person) => person.id).filter((id) => this.#open.has(id));
  }

  #apply() {
    const shown = this.#shown();
    for (const id of shown) this.#news.delete(id);
    localStorage.setItem(REMEMBERED, JSON.stringify([...this.#open]));
    this.hooks.show(shown);
    this.draw();
  }

  draw() {
    const focused = document.activeElement?.dataset?.person;
    const narrow = NARROW.matches;
    this.node.setAttribute("role", narrow ? "tablist" : "group");
    label(this.node, "people");
    const shown = this.#shown();
    const plus = element("button", { type: "button", class: "tool add", onclick: this.hooks.add }, icon("plus"));
    const add = label(plus, "addPerson");
    const buttons = this.#people.map((person, index) => this.#drawOne(person, index, narrow, shown.includes(person.id)));
    this.node.replaceChildren(...buttons, add);
    if (narrow) this.node.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focused) this.node.querySelector(`[data-person="${focused}"]`)?.focus();
  }

  #drawOne(person, index, narrow, shown) {
    const count = this.#news.get(person.id) ?? 0;
    const state = narrow
      ? { role: "tab", "aria-selected": String(shown), tabindex: shown ? 0 : -1 }
      : { "aria-pressed": String(shown) };
    return element(
      "button",
      {
        type: "button",
        class: "person",
        "aria-controls": `phone-${person.id}`,
        data: { person: person.id },
        onclick: () => this.#choose(person.id),
        ...state,
      },
      element("span", { class: "person-name" }, person.first_name),
      element("span", { class: "person-role" }, words(this.hooks.roleOf(index))),
      count > 0 ? element("span", { class: "badge" }, String(count)) : null,
    );
  }

  #choose(id) {
    if (!NARROW.matches && this.#open.has(id)) {
      if (this.#open.size > 1) this.#open.delete(id);
      this.#apply();
    } else {
      this.open(id);
    }
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !NARROW.matches || !event.target.matches("[role=tab]")) return;
    const ids = this.#people.map((person) => person.id);
    this.open(ids[(ids.indexOf(this.#current) + step + ids.length) % ids.length]);
    this.node.querySelector("[aria-selected=true]").focus();
  }
}
