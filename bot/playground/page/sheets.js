/** The page's dialogs: a new person, whose phone a link opens on, a picture in full size. */

import { element } from "./element.js";
import { words } from "./language.js";

/** Lets every sheet close by its button and by a click beside it. */
export function prepareSheets() {
  for (const sheet of document.querySelectorAll("dialog")) {
    sheet.addEventListener("click", (event) => {
      if (event.target === sheet || event.target.closest("[data-close]")) sheet.close();
    });
  }
}

/** Asks for a new person; gives `{first_name, language_code}` to `add` when it is sent. */
export function askForPerson(add) {
  const sheet = document.getElementById("add-person");
  const form = sheet.querySelector("form");
  form.reset();
  form.onsubmit = (event) => {
    event.preventDefault();
    const person = Object.fromEntries(new FormData(form));
    person.first_name = person.first_name.trim();
    if (person.first_name === "") return;
    sheet.close();
    add(person);
  };
  sheet.showModal();
}

/** Asks on which phone a link opens; the last choice adds a person first. */
export function askWhosePhone(people, choose, add) {
  const sheet = document.getElementById("whose-phone");
  const choice = (name, act) => {
    const choose = () => {
      sheet.close();
      act();
    };
    return element("button", { type: "button", class: "choice", onclick: choose }, name);
  };
  sheet.querySelector(".choices").replaceChildren(
    ...people.map((person) => choice(person.first_name, () => choose(person.id))),
    choice(words("addPerson"), add),
  );
  sheet.showModal();
}

/** Shows a picture in full size. */
export function showPicture(address) {
  const sheet = document.getElementById("picture");
  const image = sheet.querySelector("img");
  image.src = address;
  image.alt = words("photo");
  sheet.showModal();
}
