/** One message as a bubble: text, file, keyboard, time. */

import { drawAttachment } from "./attachment.js";
import { element } from "./element.js";
import { drawText } from "./entities.js";
import { drawKeyboard } from "./keyboard.js";
import { pageLanguage, words } from "./language.js";

/** The time of day of a Telegram time (seconds since 1970), in the browser's zone. */
export function timeOfDay(seconds) {
  return new Intl.DateTimeFormat(pageLanguage(), { timeStyle: "short", hourCycle: "h23" }).format(seconds * 1000);
}

/** What a message says in one plain line, for screen readers and for quoting it. */
export function inOneLine(message) {
  const text = message.text ?? message.caption;
  if (text) return withoutSpoilers(text, message.entities ?? message.caption_entities ?? []).replace(/\s+/g, " ");
  if (message.photo) return words("photo");
  if (message.voice) return words("voice");
  return message.document?.file_name ?? words("document");
}

function withoutSpoilers(text, entities) {
  return entities
    .filter((entity) => entity.type === "spoiler")
    .reduceRight((left, { offset, length }) => `${left.slice(0, offset)}…${left.slice(offset + length)}`, text);
}

/** Draws the inside of a message's list item; `actions` serve its links, commands, photos and keys. */
export function drawMessage(message, actions) {
  const bubble = element("div", { class: "bubble" });
  if (message.reply_to_message) {
    bubble.append(element("p", { class: "replied" }, inOneLine(message.reply_to_message).slice(0, 120)));
  }
  const attachment = drawAttachment(message, actions);
  if (attachment) bubble.append(attachment);
  const text = message.text ?? message.caption;
  if (text) {
    const entities = message.text === undefined ? message.caption_entities : message.entities;
    bubble.append(element("div", { class: "text", dir: "auto" }, drawText(text, entities, actions)));
  } else if (!attachment) {
    bubble.append(element("div", { class: "text not-shown" }, words("notShown")));
  }
  bubble.append(stamp(message));
  const parts = [bubble, drawKeyboard(message, actions)].filter(Boolean);
  return element("div", { class: parts.length > 1 ? "card" : "card plain" }, ...parts);
}

function stamp(message) {
  const sent = new Date(message.date * 1000).toISOString();
  const time = element("time", { datetime: sent }, timeOfDay(message.date));
  if (message.edit_date === undefined) return element("p", { class: "stamp" }, time);
  const edited = element("span", { class: "edited", title: timeOfDay(message.edit_date) }, words("edited"));
  return element("p", { class: "stamp" }, edited, " ", time);
}
