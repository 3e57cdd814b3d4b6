/** One person's phone with its chat with the bot. */

import { copy } from "./clipboard.js";
import { Composer } from "./composer.js";
import { parts } from "./element.js";
import { markPending } from "./keyboard.js";
import { label, pageLanguage, translate, words, write } from "./language.js";
import { inOneLine } from "./message.js";
import { MessageList } from "./message_list.js";
import { PhoneAlert, showToast } from "./notices.js";
import { safeAddress } from "./links.js";
import { PendingPresses } from "./pending_presses.js";
import { askInline, CallFailed, changePerson, postInline, press, sendFile, sendText } from "./server_api.js";

const ACTION_LASTS = 5000; // as long as Telegram shows a chat action
const READ_ALOUD = 240; // letters of a new message that the live region says

export class Phone {
  #stateTimer = null;

  /**
   * @param {object} person as the stand-in gives it
   * @param {string} role key of the words that say whose phone this is
   * @param {object} bot username, first_name
   * @param {object} world openLink(url), enlarge(address), news(user): what leads out of this phone
   */
  constructor(person, role, bot, world) {
    const template = document.getElementById("phone-template");
    this.node = template.content.firstElementChild.cloneNode(true);
    this.node.id = `phone-${person.id}`;
    this.nodes = parts(this.node);
    this.bot = bot;
    this.role = role;
    this.world = world;
    this.pending = new PendingPresses((id, data, isPending) => this.#showPending(id, data, isPending));
    this.list = new MessageList(this.nodes, {
      say: (text) => this.say(text),
      open: (url) => world.openLink(url),
      enlarge: (address) => world.enlarge(address),
      copy: (text) => this.#copy(text),
      press: (message, data) => this.#press(message, data),
      isPending: (message, data) => this.pending.isPending(message.message_id, data),
    });
    this.composer = new Composer(this.nodes, {
      say: (text) => this.say(text),
      sendFile: (file, kind, caption) => this.#try(() => sendFile(this.person.id, file, kind, caption)),
      askInline: (text) => this.#askInline(text),
      postInline: (queryId, resultId) => this.#try(() => postInline(this.person.id, queryId, resultId)),
    }, () => this.bot.username);
    this.alert = new PhoneAlert(this.nodes);
    this.#listen();
    translate(this.node);
    this.setPerson(person);
  }

  setPerson(person) {
    this.person = person;
    const name = person.first_name;
    this.nodes.owner.textContent = name;
    write(this.nodes.role, this.role);
    label(this.node, "phoneOf", { name });
    label(this.nodes.scroll, "messages");
    this.nodes.bot.textContent = this.bot.first_name;
    for (const button of this.nodes.languages.children) {
      button.setAttribute("aria-pressed", String(button.dataset.language === languageOf(person)));
    }
    this.nodes.messages.lang = languageOf(person);
    label(this.nodes.block, person.blocked ? "unblock" : "block");
    this.nodes.block.setAttribute("aria-pressed", String(person.blocked));
    write(this.nodes.blocked.querySelector("span"), "isBlocked", { name });
    this.composer.setBlocked(person.blocked);
    this.#showState(null);
  }

  /** Shows a chat as it stands: its messages and commands. */
  load(chat) {
    this.list.load(chat.messages);
    this.composer.menu.setCommands(chat.commands);
  }

  /** Takes an event of this chat. */
  take(event) {
    switch (event.type) {
      case "message":
        return this.#takeMessage(event.message);
      case "edit":
        return this.list.edit(event.message);
      case "delete":
        return this.list.remove(event.message_id);
      case "answer":
        return this.#takeAnswer(event);
      case "unanswered":
        return this.pending.settle(event.callback_id);
      case "inline":
        return this.composer.inline.take(event);
      case "commands":
        return this.composer.menu.setCommands(event.commands);
      case "action":
        return this.#showState(event.action);
    }
  }

  /** Sends a text as this person; says whether it was sent. */
  async say(text) {
    return this.#try(() => sendText(this.person.id, text));
  }

  /** Draws what depends on the page's language. */
  redraw() {
    this.list.redraw();
    this.composer.files.draw();
    if (this.composer.inline.isOpen) this.composer.inline.draw();
  }

  #listen() {
    const { nodes } = this;
    nodes.start.addEventListener("click", () => this.say("/start"));
    nodes.languages.addEventListener("click", (event) => {
      const language = event.target.closest("button")?.dataset.language;
      if (language) this.#change({ language_code: language });
    });
    nodes.block.addEventListener("click", () => this.#change({ blocked: !this.person.blocked }));
    nodes.unblock.addEventListener("click", () => this.#change({ blocked: false }));
    this.#listenToDrops();
  }

  #listenToDrops() {
    const holdsFiles = (event) => event.dataTransfer.types.includes("Files") && !this.person.blocked;
    this.node.addEventListener("dragover", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      this.nodes.drop.hidden = false;
    });
    this.node.addEventListener("dragleave", (event) => {
      if (!this.node.contains(event.relatedTarget)) this.nodes.drop.hidden = true;
    });
    this.node.addEventListener("drop", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      this.nodes.drop.hidden = true;
      this.composer.files.add(event.dataTransfer.files);
    });
  }

  #takeMessage(message) {
    if (!this.list.add(message) || message.outgoing) return;
    this.#showState(null);
    this.nodes.live.textContent = `${this.bot.first_name}: ${inOneLine(message).slice(0, READ_ALOUD)}`;
    this.world.news(this.person.id);
  }

  #takeAnswer(event) {
    this.pending.settle(event.callback_id);
    const url = event.url ? safeAddress(event.url) : null;
    if (url) this.world.openLink(url);
    if (!event.text) return;
    if (event.show_alert) this.alert.show(event.text);
    else showToast(this.nodes.toasts, event.text);
  }

  async #press(message, data) {
    const id = message.message_id;
    if (this.pending.isPending(id, data)) return;
    await this.#try(() => this.pending.start(id, data, press(this.person.id, id, data)));
  }

  /** Asks the bot what it suggests for the text; gives the id under which the answer comes, null where it failed. */
  async #askInline(text) {
    let queryId = null;
    await this.#try(async () => ({ query_id: queryId } = await askInline(this.person.id, text)));
    return queryId;
  }

  #showPending(messageId, data, pending) {
    for (const key of this.list.item(messageId)?.querySelectorAll(".key[data-press]") ?? []) {
      if (key.dataset.press === data) markPending(key, pending);
    }
  }

  async #copy(text) {
    showToast(this.nodes.toasts, words((await copy(text)) ? "copied" : "copyFailed"));
  }

  async #change(changes) {
    await this.#try(async () => this.setPerson(await changePerson(this.person.id, changes)));
  }

  /** Does something with the server; a refusal becomes a toast. Says whether it went well. */
  async #try(act) {
    try {
      await act();
      return true;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      const reason = error.reason === null ? words("unreachable") : words("failed", { reason: error.reason });
      showToast(this.nodes.toasts, reason);
      return false;
    }
  }

  #showState(action) {
    clearTimeout(this.#stateTimer);
    const key = action === null ? "isBot" : action === "typing" ? "typing" : "uploading";
    write(this.nodes.state, key);
    this.nodes.state.classList.toggle("busy", action !== null);
    if (action !== null) this.#stateTimer = setTimeout(() => this.#showState(null), ACTION_LASTS);
  }
}

const languageOf = (person) => ((person.language_code ?? pageLanguage()).startsWith("de") ? "de" : "en");
