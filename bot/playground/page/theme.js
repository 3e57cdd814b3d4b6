/** Light or dark: as the system says, until the person chooses; the choice is remembered. Loaded before the first paint. */

const REMEMBERED = "roter-faden.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

function chosen() {
  const theme = localStorage.getItem(REMEMBERED);
  return theme === "dark" || theme === "light" ? theme : null;
}

/** Which theme is on the screen: "dark" or "light". */
export const themeShown = () => chosen() ?? (system.matches ? "dark" : "light");

function show() {
  root.dataset.theme = themeShown();
}

/** Switches to the other theme. Choosing what the system shows anyway gives the lead back to the system. */
export function switchTheme() {
  const next = themeShown() === "dark" ? "light" : "dark";
  if ((next === "dark") === system.matches) localStorage.removeItem(REMEMBERED);
  else localStorage.setItem(REMEMBERED, next);
  show();
}

/** Calls back when the system's theme changes. */
export function onSystemTheme(listener) {
  system.addEventListener("change", () => {
    show();
    listener();
  });
}

show();
