/** The language of the page's own words (not of the bot: each phone has its own). */

export const WORDS = {
  de: {
    title: "Roter Faden · Spielplatz",
    people: "Personen",
    demo: "Demo-Daten",
    demoRunning: "Die Demo-Daten werden angelegt …",
    demoDone: "Die Demo-Daten sind da.",
    otherLanguage: "Switch this page to English",
    toDark: "Dunkle Darstellung",
    toLight: "Helle Darstellung",
    panel: "Abgelehnt und unbeantwortet",
    panelHint: "Was Telegram nicht angenommen hätte, und Tastendrücke, auf die in 10 Sekunden keine Antwort kam.",
    panelEmpty: "Nichts. Jeder Aufruf ging durch, jeder Druck wurde beantwortet.",
    unanswered: "Ohne Antwort",
    sent: "Gesendet",
    forWhom: "an {name}",
    close: "Schließen",
    cancel: "Abbrechen",
    ok: "OK",
    offline: "Die Verbindung ist unterbrochen, es wird neu verbunden …",
    seller: "Verkauf",
    manager: "Führung",
    guest: "Gast",
    phoneOf: "Telefon von {name}",
    phoneLanguage: "Sprache des Telefons",
    block: "Bot blockieren",
    unblock: "Blockierung aufheben",
    isBlocked: "{name} hat den Bot blockiert.",
    isBot: "Bot",
    typing: "schreibt …",
    uploading: "sendet eine Datei …",
    messages: "Nachrichten",
    emptyChat: "Noch keine Nachricht. Mit „Starten“ beginnt der Chat.",
    start: "Starten",
    toEnd: "Zum Ende",
    newMessages: "{count} neue Nachrichten",
    newMessage: "1 neue Nachricht",
    today: "Heute",
    yesterday: "Gestern",
    edited: "Bearbeitet",
    write: "Nachricht",
    send: "Senden",
    menu: "Menü der Befehle",
    commands: "Befehle",
    noCommand: "Kein Befehl beginnt so.",
    inlineResults: "Vorschläge des Bots",
    noResult: "Dazu schlägt der Bot nichts vor.",
    attach: "Datei anhängen",
    staged: "Angehängte Dateien",
    takeOff: "{name} nicht senden",
    sendAs: "Senden als",
    document: "Datei",
    photo: "Foto",
    voice: "Sprachnachricht",
    dropHere: "Hier ablegen",
    download: "{name} herunterladen",
    picture: "Foto in voller Größe",
    copied: "Kopiert",
    copyFailed: "Kopieren geht in diesem Browser hier nicht.",
    notHere: "Diese Taste wirkt nur in Telegram.",
    notShown: "Eine Nachricht, die diese Seite nicht zeigt.",
    showHidden: "Verdeckten Text zeigen",
    showMore: "mehr",
    showLess: "weniger",
    addPerson: "Person hinzufügen",
    addPersonHint: "Ein weiteres Telefon, zum Beispiel für jemanden, den der Bot noch nicht kennt.",
    firstName: "Vorname",
    add: "Hinzufügen",
    whosePhone: "Auf welchem Telefon öffnen?",
    whosePhoneHint: "Der Link führt in den Chat mit diesem Bot.",
    failed: "Das ging nicht: {reason}",
    unreachable: "Der Spielplatz antwortet nicht. Es wurde nichts gesendet.",
  },
  en: {
    title: "Roter Faden · Playground",
    people: "People",
    demo: "Demo data",
    demoRunning: "Making the demo data …",
    demoDone: "The demo data is there.",
    otherLanguage: "Diese Seite auf Deutsch",
    toDark: "Dark appearance",
    toLight: "Light appearance",
    panel: "Refused and unanswered",
    panelHint: "What Telegram would not have accepted, and presses that got no answer within 10 seconds.",
    panelEmpty: "Nothing. Every call went through, every press was answered.",
    unanswered: "No answer",
    sent: "Sent",
    forWhom: "to {name}",
    close: "Close",
    cancel: "Cancel",
    ok: "OK",
    offline: "The connection is down, connecting again …",
    seller: "Sales",
    manager: "Lead",
    guest: "Guest",
    phoneOf: "{name}’s phone",
    phoneLanguage: "Language of the phone",
    block: "Block the bot",
    unblock: "Unblock",
    isBlocked: "{name} has blocked the bot.",
    isBot: "Bot",
    typing: "is writing …",
    uploading: "is sending a file …",
    messages: "Messages",
    emptyChat: "No message yet. The chat begins with ‘Start’.",
    start: "Start",
    toEnd: "To the end",
    newMessages: "{count} new messages",
    newMessage: "1 new message",
    today: "Today",
    yesterday: "Yesterday",
    edited: "Edited",
    write: "Message",
    send: "Send",
    menu: "Menu of commands",
    commands: "Commands",
    noCommand: "No command begins like this.",
    inlineResults: "Suggestions of the bot",
    noResult: "The bot suggests nothing on this.",
    attach: "Attach a file",
    staged: "Attached files",
    takeOff: "Do not send {name}",
    sendAs: "Send as",
    document: "File",
    photo: "Photo",
    voice: "Voice message",
    dropHere: "Drop here",
    download: "Download {name}",
    picture: "Photo in full size",
    copied: "Copied",
    copyFailed: "Copying does not work in this browser here.",
    notHere: "This button works in Telegram only.",
    notShown: "A message that this page does not show.",
    showHidden: "Show hidden text",
    showMore: "more",
    showLess: "less",
    addPerson: "Add a person",
    addPersonHint: "One more phone, for example for someone whom the bot does not know yet.",
    firstName: "First name",
    add: "Add",
    whosePhone: "Open on which phone?",
    whosePhoneHint: "The link leads into the chat with this bot.",
    failed: "That did not work: {reason}",
    unreachable: "The playground does not answer. Nothing was sent.",
  },
};

const REMEMBERED = "roter-faden.language";
const listeners = [];
let current = localStorage.getItem(REMEMBERED) in WORDS ? localStorage.getItem(REMEMBERED) : "de";

export const pageLanguage = () => current;

/** The words under a key, `{name}` filled in. */
export function words(key, values = {}) {
  return WORDS[current][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** Writes words into an element and keeps them true when the language changes. */
export function write(node, key, values = {}) {
  node.dataset.text = key;
  node.dataset.values = JSON.stringify(values);
  node.textContent = words(key, values);
  return node;
}

/** Names an element (for the pointer and for screen readers) and keeps the name true. */
export function label(node, key, values = {}) {
  node.dataset.name = key;
  node.dataset.nameValues = JSON.stringify(values);
  const name = words(key, values);
  node.setAttribute("aria-label", name);
  if (node.matches("button, a, select")) node.title = name;
  return node;
}

/** Writes all words below a root again: after the language changed, or for a fresh copy of a template. */
export function translate(root) {
  for (const node of root.querySelectorAll("[data-text]")) {
    write(node, node.dataset.text, JSON.parse(node.dataset.values ?? "{}"));
  }
  for (const node of root.querySelectorAll("[data-name]")) {
    label(node, node.dataset.name, JSON.parse(node.dataset.nameValues ?? "{}"));
  }
  for (const node of root.querySelectorAll("[data-placeholder]")) node.placeholder = words(node.dataset.placeholder);
}

export function onLanguageChange(listener) {
  listeners.push(listener);
}

export function setLanguage(language) {
  current = language;
  localStorage.setItem(REMEMBERED, language);
  showLanguage();
  for (const listener of listeners) listener();
}

/** Puts the language on the page as it stands. */
export function showLanguage() {
  document.documentElement.lang = current;
  document.title = words("title");
  translate(document);
}
