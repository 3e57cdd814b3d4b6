/** The line at the foot of a phone: writing, commands, files. */

import { CommandMenu } from "./command_menu.js";
import { InlineResults } from "./inline_results.js";
import { StagedFiles } from "./staged_files.js";

const LONGEST = 4096; // UTF-16 units of one message

/** A text in pieces that fit into a message each, as Telegram's own clients send it; cut between words where possible. */
export function inParts(text) {
  if (text.length <= LONGEST) return [text];
  const head = text.slice(0, LONGEST);
  const gap = Math.max(head.lastIndexOf("\n"), head.lastIndexOf(" "));
  const halfLetter = /[\uD800-\uDBFF]$/.test(head) ? 1 : 0; // the first half of a letter outside the basic plane
  const cut = gap > LONGEST / 2 ? gap : LONGEST - halfLetter;
  return [text.slice(0, cut).trimEnd(), ...inParts(text.slice(cut).trimStart())];
}

export class Composer {
  #underWay = Promise.resolve();

  /**
   * @param {object} nodes the elements of the phone
   * @param {object} actions say(text) and sendFile(file, kind, caption); both give a promise of whether it was sent;
   *   askInline(text) and postInline(queryId, resultId) for inline mode
   * @param {() => string} botName the bot's user name
   */
  constructor(nodes, actions, botName) {
    this.nodes = nodes;
    this.actions = actions;
    this.files = new StagedFiles(nodes);
    this.menu = new CommandMenu(nodes, {
      send: (command) => this.#sayCommand(command),
      complete: (text) => this.#setText(text),
    });
    this.inline = new InlineResults(nodes, {
      ask: (text) => actions.askInline(text),
      post: (queryId, resultId) => {
        this.#setText("");
        this.#inOrder(() => actions.postInline(queryId, resultId));
      },
      start: (parameter) => this.#sayCommand(`/start ${parameter}`),
    });
    nodes.composer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    nodes.input.addEventListener("input", () => {
      this.#fit();
      this.menu.follow(nodes.input.value);
      this.inline.follow(nodes.input.value, botName());
    });
    nodes.input.addEventListener("keydown", (event) => this.#key(event));
    nodes.input.addEventListener("blur", (event) => {
      if (event.relatedTarget !== nodes.menu) this.menu.close();
      this.inline.close();
    });
    nodes.input.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length === 0) return;
      event.preventDefault();
      this.files.add(event.clipboardData.files);
    });
    nodes.attach.addEventListener("click", () => nodes.picker.click());
    nodes.picker.addEventListener("change", () => {
      this.files.add(nodes.picker.files);
      nodes.picker.value = ""; // the same file can be chosen again
    });
    this.#fit();
  }

  setBlocked(blocked) {
    this.nodes.blocked.hidden = !blocked;
    this.nodes.input.closest(".line").hidden = blocked;
    if (blocked) {
      this.menu.close();
      this.inline.close();
      this.files.clear();
    }
  }

  #key(event) {
    if (event.isComposing) return; // Enter ends the input of a composed letter first
    if (this.menu.takeKey(event) || this.inline.takeKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape" && !this.files.isEmpty) {
      event.preventDefault();
      event.stopPropagation();
      this.files.clear();
    }
  }

  #send() {
    this.menu.close();
    this.inline.close();
    const text = this.nodes.input.value.trim();
    if (!this.files.isEmpty) {
      this.#inOrder(() => this.#sendFiles());
    } else if (text !== "") {
      this.#setText(""); // at once, so that a second Enter sends nothing twice
      this.#inOrder(async () => {
        for (const part of inParts(text)) {
          if (await this.actions.say(part)) continue;
          if (this.nodes.input.value === "") this.#setText(text);
          return;
        }
      });
    }
  }

  /** Files one after the other, the text as the caption of the first. What fails stays where it is. */
  async #sendFiles() {
    while (!this.files.isEmpty) {
      const entry = this.files.first();
      const caption = this.nodes.input.value.trim();
      if (!(await this.actions.sendFile(entry.file, entry.kind, caption))) return;
      this.files.remove(entry);
      if (caption !== "") this.#setText("");
    }
  }

  #sayCommand(command) {
    this.#setText("");
    this.#inOrder(() => this.actions.say(command));
  }

  /** What is sent quickly after one another arrives in that order. */
  #inOrder(task) {
    this.#underWay = this.#underWay.then(task);
  }

  #setText(text) {
    this.nodes.input.value = text;
    this.#fit();
    this.nodes.input.focus();
  }

  /** The input grows with its text, up to the height that the style sheet allows. */
  #fit() {
    const { input } = this.nodes;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
    this.nodes.composer.classList.toggle("written", input.value.trim() !== "");
  }
}
