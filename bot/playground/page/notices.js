/** Short messages over a phone or over the page: a toast that goes by itself, an alert that waits. */

import { element } from "./element.js";

const SHORTEST = 2200;
const PER_LETTER = 55; // milliseconds that a reader may take

/** Shows a toast in a status element; it stays as long as its text takes to read. Newer ones stand below. */
export function showToast(place, text) {
  const toast = element("p", { class: "toast" }, text);
  place.append(toast);
  while (place.children.length > 3) place.firstElementChild.remove();
  setTimeout(() => {
    toast.classList.add("going");
    setTimeout(() => toast.remove(), 300);
  }, Math.max(SHORTEST, text.length * PER_LETTER));
}

/** The alert of one phone: covers it until it is closed, then gives the focus back. */
export class PhoneAlert {
  #before = null;

  /** @param {object} nodes veil, alert, alert-text, alert-close: the elements of the phone */
  constructor(nodes) {
    this.nodes = nodes;
    nodes["alert-close"].addEventListener("click", () => this.close());
    nodes.veil.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key === "Tab") event.preventDefault(); // its one button keeps the focus
    });
  }

  show(text) {
    if (this.nodes.veil.hidden) this.#before = document.activeElement;
    this.nodes["alert-text"].textContent = text;
    this.nodes.alert.setAttribute("aria-label", text);
    this.nodes.veil.hidden = false;
    this.nodes["alert-close"].focus();
  }

  close() {
    this.nodes.veil.hidden = true;
    if (this.#before?.isConnected) this.#before.focus({ preventScroll: true });
  }
}
