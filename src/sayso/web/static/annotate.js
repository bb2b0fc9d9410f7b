// The form in which a person adds a claim or corrects one: words come from a selection or are typed.
import { findAll, placeOf, rangesAt, read, together, written } from "./places.js";
import { current, letGo, lettersAreKeys } from "./reading.js";

const panel = document.getElementById("annotate");
const form = panel.querySelector("form");
const title = document.getElementById("annotate-title");
const refusal = form.querySelector(".refusal");
const none = form.querySelector('[name="no_claim"][value="1"]');
const leave = document.getElementById("leave");
const add = document.getElementById("add");
const FIELDS = ["content", "source", "cue"];
const HINTS = new Map(FIELDS.map((name) => [name, document.getElementById(`${name}-hint`).textContent]));
const canHighlight = typeof Highlight === "function" && CSS.highlights;
let asking = "content"; // the field that the next selection is for
let returnTo = null;

const box = (name) => form.elements[`${name}_words`];
const placesOf = (name) => read(form.elements[name].value);

const mark = () => {
  if (!canHighlight) return;
  for (const name of FIELDS) {
    const ranges = panel.classList.contains("open") ? placesOf(name).flatMap(rangesAt) : [];
    if (ranges.length) CSS.highlights.set(`picked-${name}`, new Highlight(...ranges));
    else CSS.highlights.delete(`picked-${name}`);
  }
};

const set = (name, places) => {
  form.elements[name].value = written(places);
  box(name).value = together(places);
  box(name).removeAttribute("aria-invalid");
  document.getElementById(`${name}-hint`).textContent = HINTS.get(name);
  mark();
};

const typed = (name) => {
  const near = placesOf("content")[0] || read(current()?.dataset.content)[0] || { start: 0 };
  const words = box(name).value.trim();
  const places = words ? findAll(words, near.start) : [];
  const missing = words !== "" && !places.length;
  form.elements[name].value = written(places);
  box(name).setAttribute("aria-invalid", String(missing));
  document.getElementById(`${name}-hint`).textContent = missing ? "These words do not stand in the text so." : HINTS.get(name);
  mark();
};

const selected = () => {
  const selection = getSelection();
  return selection.rangeCount && !selection.isCollapsed ? placeOf(selection.getRangeAt(0)) : null;
};

const open = (note) => {
  const chosen = selected();
  returnTo = document.activeElement;
  form.reset();
  for (const name of FIELDS) set(name, []);
  refusal.textContent = "";
  title.textContent = note ? "Correct a claim" : "Add a claim";
  none.hidden = !note;
  form.elements.replaces.value = note ? note.dataset.claim : "";
  panel.classList.add("open");
  if (note) {
    form.elements.act.value = note.dataset.act;
    form.elements.voice.value = note.dataset.voice;
    const part = (role) => read(note.querySelector(`dd[data-role="${role}"]`)?.dataset.place);
    set("content", chosen ? [chosen] : read(note.dataset.content));
    if (note.dataset.voice !== "outlet") for (const role of ["source", "cue"]) set(role, part(role));
  } else if (chosen) {
    set("content", [chosen]);
  }
  box(chosen && !note ? "source" : "content").focus({ preventScroll: true });
};

const close = () => {
  panel.classList.remove("open");
  mark();
  if (returnTo instanceof HTMLElement) returnTo.focus({ preventScroll: true });
};

const send = async (event) => {
  event.preventDefault();
  const wrong = event.submitter !== none && FIELDS.find((name) => box(name).getAttribute("aria-invalid") === "true");
  if (wrong) {
    refusal.textContent = "Nothing is recorded: some words do not stand in the text so.";
    box(wrong).focus();
    return;
  }
  const sent = new FormData(form, event.submitter);
  // What stands at the place, to the character: a field may have changed its line ends.
  for (const name of FIELDS) sent.set(`${name}_words`, together(placesOf(name)));
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(sent) });
  if (answer.ok) {
    location.assign(answer.url);
    return;
  }
  const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  refusal.textContent = told ? told.textContent.replace(/\s+/gu, " ").trim() : `The desk answered ${answer.status}.`;
  refusal.scrollIntoView({ block: "nearest" });
};

add.hidden = false;
leave.hidden = false;
add.addEventListener("mousedown", (event) => event.preventDefault()); // what is selected stays selected
add.addEventListener("click", () => open(null));
leave.addEventListener("click", close);
form.addEventListener("submit", send);
for (const name of FIELDS) {
  box(name).addEventListener("input", () => typed(name));
  box(name).addEventListener("focus", () => {
    asking = name;
  });
}
document.addEventListener("mouseup", (event) => {
  if (!panel.classList.contains("open") || panel.contains(event.target)) return;
  const place = selected();
  if (place) set(asking, [place]);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel.classList.contains("open")) close();
  if (event.ctrlKey || event.metaKey || event.altKey || !lettersAreKeys()) return;
  if (event.target.matches("input, textarea, select") || document.querySelector("dialog[open]")) return;
  if (event.key !== "a" && !(event.key === "e" && current())) return;
  event.preventDefault();
  const note = event.key === "e" ? current() : null;
  open(note);
  letGo();
});
