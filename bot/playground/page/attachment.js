/** Files in a message: photos, documents, voice messages. */

import { element, icon } from "./element.js";
import { label, pageLanguage, words } from "./language.js";
import { fileAddress } from "./server_api.js";

const STEP = 1024;
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

/** A size in bytes as people read it, for example "12,4 kB". */
export function readableSize(bytes) {
  let size = bytes;
  let unit = 0;
  while (size >= STEP && unit < UNITS.length - 1) {
    size /= STEP;
    unit += 1;
  }
  return new Intl.NumberFormat(pageLanguage(), {
    style: "unit",
    unit: UNITS[unit],
    maximumFractionDigits: size < 10 && unit > 0 ? 1 : 0,
  }).format(size);
}

/** The message's file as an element, or null when it has none. */
export function drawAttachment(message, actions) {
  if (message.photo?.length) return drawPhoto(message.photo, actions);
  if (message.document) return drawDocument(message.document);
  if (message.voice) return drawVoice(message.voice);
  return null;
}

function drawPhoto(sizes, actions) {
  const largest = sizes.reduce((one, other) => (other.width * other.height > one.width * one.height ? other : one));
  const address = fileAddress(largest.file_id);
  const image = element("img", { src: address, alt: words("photo"), width: largest.width, height: largest.height });
  const enlarge = () => actions.enlarge(address);
  return label(element("button", { type: "button", class: "photo", onclick: enlarge }, image), "picture");
}

function drawDocument(file) {
  const name = file.file_name ?? file.file_id;
  const ending = /\.([a-z0-9]{1,4})$/i.exec(name)?.[1] ?? "";
  const face = element("span", { class: "file-face", "aria-hidden": "true" }, ending ? ending.toUpperCase() : icon("file"));
  const title = element("span", { class: "file-title" }, element("span", { class: "file-name" }, name));
  if (file.file_size !== undefined) title.append(element("span", { class: "file-size" }, readableSize(file.file_size)));
  const link = element("a", { class: "file", href: fileAddress(file.file_id), download: name }, face, title, icon("load"));
  return label(link, "download", { name });
}

function drawVoice(recording) {
  const player = element("audio", { controls: true, preload: "metadata", src: fileAddress(recording.file_id) });
  return element("div", { class: "voice" }, label(player, "voice"));
}
