/** Where an address leads: into the chat with this bot, out into the web, or nowhere. */

const OUTSIDE = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);
const TELEGRAM_HOSTS = new Set(["t.me", "telegram.me", "telegram.dog"]);

/** The address as a safe URL, or null for anything a browser would run or that is no address. */
export function safeAddress(address) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(full)) return null;
  const url = new URL(full);
  return OUTSIDE.has(url.protocol) ? url : null;
}

/**
 * The code of a link `t.me/<bot>?start=<code>` to this bot ("" when it has none), or null for every other address.
 * A link to Telegram's share page counts as the link that it shares.
 */
export function startCode(url, botName) {
  if (url.protocol === "tg:" && url.host === "resolve") {
    return sameName(url.searchParams.get("domain"), botName) ? (url.searchParams.get("start") ?? "") : null;
  }
  if (!TELEGRAM_HOSTS.has(url.host)) return null;
  if (url.pathname === "/share/url") {
    const shared = safeAddress(url.searchParams.get("url") ?? "");
    return shared && shared.pathname !== "/share/url" ? startCode(shared, botName) : null;
  }
  return sameName(url.pathname.slice(1), botName) ? (url.searchParams.get("start") ?? "") : null;
}

const sameName = (one, other) => Boolean(one) && one.toLowerCase() === other.toLowerCase();
