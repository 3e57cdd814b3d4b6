/** Puts the page together: people, phones, events, panel. */

import { icon } from "./element.js";
import { followEvents } from "./event_stream.js";
import { IncidentPanel } from "./incident_panel.js";
import { label, onLanguageChange, pageLanguage, setLanguage, showLanguage, words } from "./language.js";
import { startCode } from "./links.js";
import { showToast } from "./notices.js";
import { PeopleBar } from "./people_bar.js";
import { Phone } from "./phone.js";
import { addPerson, getChat, getPeople, getRefusals, makeDemo } from "./server_api.js";
import { askForPerson, askWhosePhone, prepareSheets, showPicture } from "./sheets.js";
import { onSystemTheme, switchTheme, themeShown } from "./theme.js";

const node = (id) => document.getElementById(id);
const phones = new Map();
let people = [];
let bot = null;

const roleOf = (index) => ["seller", "manager"][index] ?? "guest";

const bar = new PeopleBar(node("people"), { roleOf, show: showPhones, add: () => askForPerson(add) });

const panel = new IncidentPanel(
  {
    panel: node("panel"),
    list: node("incidents"),
    empty: node("panel-empty"),
    count: node("panel-count"),
    toggle: node("panel-switch"),
    close: node("panel-close"),
  },
  (chat) => people.find((person) => person.id === Number(chat))?.first_name ?? String(chat),
);

/** Loads all that stands now and gives the cursor from which the events go on. */
async function catchUp() {
  const start = await getPeople();
  bot = start.bot;
  node("demo").hidden = !start.demo;
  takePeople(start.people);
  const cursors = await Promise.all(start.people.map((person) => loadChat(person.id)));
  panel.load(await getRefusals());
  return Math.min(...cursors);
}

/** Takes the people as they are now; who is new gets a phone, still empty, and is given back. */
function takePeople(now) {
  people = now;
  const added = now.filter((person) => !phones.has(person.id));
  for (const [index, person] of now.entries()) {
    const phone = phones.get(person.id);
    if (phone) phone.setPerson(person);
    else makePhone(person, index);
  }
  bar.setPeople(now);
  return added;
}

async function loadChat(user) {
  const chat = await getChat(user);
  phones.get(user).load(chat);
  return chat.cursor;
}

/** Takes people who came while the page is open, and their chats. */
function welcome(now) {
  for (const { id } of takePeople(now)) phones.get(id).ready = loadChat(id);
}

function makePhone(person, index) {
  const phone = new Phone(person, roleOf(index), bot, {
    openLink,
    enlarge: showPicture,
    news: (user) => bar.news(user),
  });
  phones.set(person.id, phone);
  node("phones").append(phone.node);
}

function showPhones(shown) {
  for (const [id, phone] of phones) phone.node.hidden = !shown.includes(id);
}

function deliver(event) {
  switch (event.type) {
    case "people":
      return welcome(event.people);
    case "refusal":
      return panel.add(event);
    case "unanswered":
      panel.add(event);
      break;
    case "answer":
      panel.settle(event.callback_id);
  }
  phones.get(event.user)?.take(event);
}

/** A link to this bot opens in the page, on the phone that one chooses; any other in a new tab. */
function openLink(url) {
  const code = startCode(url, bot.username);
  if (code === null) {
    window.open(url.href, "_blank", "noopener");
    return;
  }
  const start = (user) => {
    bar.open(user);
    phones.get(user).say(code === "" ? "/start" : `/start ${code}`);
  };
  askWhosePhone(people, start, () => askForPerson(async (person) => start((await add(person)).id)));
}

async function add(person) {
  const added = await addPerson(person);
  if (!phones.has(added.id)) welcome([...people, added]); // else the event was faster than the answer
  await phones.get(added.id).ready;
  bar.open(added.id);
  phones.get(added.id).nodes.input.focus();
  return added;
}

async function runDemo() {
  const button = node("demo");
  button.disabled = true;
  showToast(node("toasts"), words("demoRunning"));
  try {
    const { text } = await makeDemo();
    showToast(node("toasts"), text || words("demoDone"));
  } catch (error) {
    showToast(node("toasts"), words("failed", { reason: error.reason ?? words("unreachable") }));
  } finally {
    button.disabled = false;
  }
}

function showTools() {
  const dark = themeShown() === "dark";
  node("theme").replaceChildren(icon(dark ? "sun" : "moon"));
  label(node("theme"), dark ? "toLight" : "toDark");
  node("language").textContent = pageLanguage() === "de" ? "EN" : "DE";
  label(node("language"), "otherLanguage");
}

node("demo").addEventListener("click", runDemo);
node("theme").addEventListener("click", () => {
  switchTheme();
  showTools();
});
node("language").addEventListener("click", () => setLanguage(pageLanguage() === "de" ? "en" : "de"));
onSystemTheme(showTools);
onLanguageChange(() => {
  showTools();
  bar.draw();
  panel.draw();
  for (const phone of phones.values()) phone.redraw();
});

// A file dropped beside a phone must not replace the page.
for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault());

prepareSheets();
showLanguage();
showTools();
followEvents({ catchUp, deliver, report: (connected) => (node("offline").hidden = connected) });
