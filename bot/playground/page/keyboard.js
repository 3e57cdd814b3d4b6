/** Inline keyboards under a message. */

import { element, icon } from "./element.js";
import { label } from "./language.js";
import { safeAddress } from "./links.js";

/** Marks each row below a root whose words must break to fit. */
export function fitRows(root) {
  const rows = [...root.querySelectorAll(".keys")];
  for (const row of rows) row.classList.remove("tight");
  const tight = rows.filter((row) => row.scrollWidth > row.clientWidth); // all measured in one layout
  for (const row of tight) row.classList.add("tight");
}

/**
 * Draws a message's inline keyboard, or gives null when it has none.
 * @param {object} message
 * @param {object} actions press(message, data), copy(text), open(url), isPending(message, data)
 */
export function drawKeyboard(message, actions) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length === 0) return null;
  return element(
    "div",
    { class: "keyboard" },
    ...rows.map((row) => element("div", { class: "keys" }, ...row.map((key) => drawKey(message, key, actions)))),
  );
}

function drawKey(message, key, actions) {
  const face = element("span", { class: "key-word" }, key.text);
  if (key.callback_data !== undefined) {
    const button = element("button", { type: "button", class: "key", data: { press: key.callback_data } }, face);
    button.addEventListener("click", () => actions.press(message, key.callback_data));
    markPending(button, actions.isPending(message, key.callback_data));
    return button;
  }
  if (key.copy_text !== undefined) {
    const copy = () => actions.copy(key.copy_text.text);
    return element("button", { type: "button", class: "key", onclick: copy }, face, icon("copy"));
  }
  const url = key.url === undefined ? null : safeAddress(key.url);
  if (url !== null) {
    return element("button", { type: "button", class: "key", onclick: () => actions.open(url) }, face, icon("away"));
  }
  return label(element("button", { type: "button", class: "key", disabled: true }, face), "notHere");
}

/** Shows on a button, or takes from it, that its press waits for the bot. */
export function markPending(button, pending) {
  button.classList.toggle("pending", pending);
  button.setAttribute("aria-busy", String(pending));
}

/** The place of the focused button in a keyboard, so that the focus survives a redraw; null when none has it. */
export function focusedKey(root) {
  const button = document.activeElement?.closest?.(".key");
  if (!button || !root.contains(button)) return null;
  return { press: button.dataset.press, place: [...root.querySelectorAll(".key")].indexOf(button) };
}

/** Gives the focus back: to the button with the same press, else to the one at the same place, else the last. */
export function refocusKey(root, focused) {
  const keys = [...root.querySelectorAll(".key")];
  const same = keys.find((key) => focused.press !== undefined && key.dataset.press === focused.press);
  (same ?? keys[focused.place] ?? keys.at(-1))?.focus({ preventScroll: true });
}
