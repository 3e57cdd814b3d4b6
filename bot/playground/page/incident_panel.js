/** The side panel: what the stand-in refused, and presses that the bot left unanswered. Newest first. */

import { element } from "./element.js";
import { pageLanguage, words } from "./language.js";

const LONGEST = 300;

export class IncidentPanel {
  #incidents = new Map(); // by what identifies them: an event may come twice

  /** @param {object} nodes panel, list, empty, count, toggle, close; @param {(chat: number) => string} nameOf */
  constructor(nodes, nameOf) {
    this.nodes = nodes;
    this.nameOf = nameOf;
    nodes.toggle.addEventListener("click", () => this.show(nodes.panel.hidden));
    nodes.close.addEventListener("click", () => this.show(false));
    nodes.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.show(false));
  }

  show(open) {
    this.nodes.panel.hidden = !open;
    this.nodes.toggle.setAttribute("aria-expanded", String(open));
    if (open) this.nodes.close.focus();
    else this.nodes.toggle.focus();
  }

  /** Takes all that the stand-in remembers. */
  load({ refusals, unanswered }) {
    this.#incidents.clear();
    for (const refusal of refusals) this.#keep({ ...refusal, type: "refusal" });
    for (const press of unanswered) this.#keep({ ...press, type: "unanswered" });
    this.draw();
  }

  add(event) {
    this.#keep(event);
    this.draw();
  }

  /** A press was answered after all, late but in time for Telegram. */
  settle(callbackId) {
    if (this.#incidents.delete(`press ${callbackId}`)) this.draw();
  }

  draw() {
    const newest = [...this.#incidents.values()].sort((one, other) => moment(other) - moment(one));
    this.#incidents = new Map(newest.slice(0, LONGEST).map((incident) => [identity(incident), incident]));
    const { list, empty, count } = this.nodes;
    const unfolded = new Set([...list.querySelectorAll("details[open]")].map((node) => node.dataset.incident));
    list.replaceChildren(...[...this.#incidents].map(([id, incident]) => this.#drawOne(id, incident, unfolded.has(id))));
    empty.hidden = newest.length > 0;
    count.hidden = newest.length === 0;
    count.textContent = newest.length > 99 ? "99+" : String(newest.length);
  }

  #keep(incident) {
    this.#incidents.set(identity(incident), incident);
  }

  #drawOne(id, incident, open) {
    const refused = incident.type === "refusal";
    const chat = refused ? incident.chat_id : incident.user;
    const time = element("time", { datetime: moment(incident).toISOString() }, timeOf(incident));
    const code = element("span", { class: "code" }, refused ? String(incident.error_code) : words("unanswered"));
    const head = element("p", { class: "incident-head" }, code, time);
    const title = element("p", { class: "incident-title" }, element("b", {}, refused ? incident.method : incident.data));
    if (chat !== null && chat !== undefined) title.append(" ", words("forWhom", { name: this.nameOf(chat) }));
    const line = element("li", { class: refused ? "incident" : "incident unanswered" }, head, title);
    if (!refused) return line;
    line.append(element("p", { class: "incident-why" }, incident.description));
    if (incident.parameters && Object.keys(incident.parameters).length > 0) {
      const sent = element("pre", { tabindex: 0 }, JSON.stringify(incident.parameters, null, 1));
      line.append(element("details", { data: { incident: id }, open }, element("summary", {}, words("sent")), sent));
    }
    return line;
  }
}

const identity = ({ type, at, method, chat_id, description, callback_id }) =>
  type === "refusal" ? JSON.stringify([at, method, chat_id, description]) : `press ${callback_id}`;

/** Times come as seconds since 1970 or as ISO text. */
const moment = ({ at }) => new Date(typeof at === "number" ? at * 1000 : at);

const timeOf = (incident) =>
  new Intl.DateTimeFormat(pageLanguage(), { timeStyle: "medium", hourCycle: "h23" }).format(moment(incident));
