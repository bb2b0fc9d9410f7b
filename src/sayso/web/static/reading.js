// One claim at a time: its words, its note and its parts light up together, by pointer, focus or key.
import { rangesAt, read } from "./places.js";

const dock = document.getElementById("dock");
const help = document.getElementById("help");
const single = document.getElementById("single");
// Roles that are told apart in the text; the dock names every one of them in words.
const ROLES = ["source", "cue", "actor", "action", "target", "figure", "time", "place"];
const canHighlight = typeof Highlight === "function" && CSS.highlights;
let notes = [];
let words = new Map();
let lit = null;
let held = null; // the claim that the keys stand at

const index = () => {
  notes = [...document.querySelectorAll(".text .note")];
  words = new Map();
  for (const segment of document.querySelectorAll(".text [data-c]")) {
    for (const claim of segment.dataset.c.split(" ")) {
      if (!words.has(claim)) words.set(claim, []);
      words.get(claim).push(segment);
    }
  }
};

const highlightParts = (note) => {
  if (!canHighlight) return;
  for (const role of ROLES) CSS.highlights.delete(`part-${role}`);
  if (!note) return;
  for (const role of ROLES) {
    const places = [...note.querySelectorAll(`dd[data-role="${role}"]`)].flatMap((part) => read(part.dataset.place));
    if (places.length) CSS.highlights.set(`part-${role}`, new Highlight(...places.flatMap(rangesAt)));
  }
};

const show = (note) => {
  dock.hidden = !note;
  if (!note) return;
  const copy = note.cloneNode(true);
  const parts = copy.querySelector("dl");
  copy.querySelector("details").remove();
  const head = document.createElement("p");
  head.append(...copy.childNodes);
  dock.replaceChildren(head, parts);
};

const light = (note) => {
  if (note === lit) return;
  for (const element of [lit, ...(lit ? words.get(lit.id) || [] : [])]) element?.classList.remove("on");
  lit = note;
  for (const element of [lit, ...(lit ? words.get(lit.id) || [] : [])]) element?.classList.add("on");
  highlightParts(lit);
  show(lit);
};

const noteAt = (target) => {
  if (!(target instanceof Element)) return null;
  const note = target.closest(".note");
  if (note) return note;
  const segment = target.closest(".text [data-c]");
  return segment ? document.getElementById(segment.dataset.c.split(" ")[0]) : null;
};

const go = (step) => {
  const next = held ? notes.indexOf(held) + step : step > 0 ? 0 : -1;
  const further = document.querySelector(".further a");
  if (next >= notes.length && further) further.click();
  if (next < 0 || next >= notes.length) return;
  held = notes[next];
  light(held);
  (words.get(held.id) || [held])[0].scrollIntoView({ block: "center" });
};

/** The claim that is looked at now: the keys' before the pointer's. */
export const current = () => held || lit;
export const letGo = () => {
  held = null;
  light(null);
};
export const lettersAreKeys = () => single.checked;

document.addEventListener("pointerover", (event) => {
  if (!dock.contains(event.target)) light(noteAt(event.target) || held);
});
document.addEventListener("click", (event) => {
  const note = noteAt(event.target);
  if (note && !event.target.closest("a, summary")) held = note;
});
document.addEventListener("focusin", (event) => {
  const note = noteAt(event.target);
  if (!note) return;
  held = note;
  light(note);
});
document.body.addEventListener("htmx:afterSettle", index);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.key === "Escape") letGo();
  if (event.target.matches("input, textarea, select") || !single.checked) return;
  if (event.key === "j") go(1);
  if (event.key === "k") go(-1);
  if (event.key === "?") help.showModal();
  if (event.key === "Enter" && held && event.target === document.body) held.querySelector("a").click();
});

document.documentElement.classList.add("scripted");
index();
single.checked = localStorage.getItem("letters are keys") !== "no";
single.addEventListener("change", () => localStorage.setItem("letters are keys", single.checked ? "yes" : "no"));
const keys = document.getElementById("keys");
keys.hidden = false;
keys.addEventListener("click", () => help.showModal());
const asked = new URLSearchParams(location.search).get("claim");
const there = asked && notes.find((note) => note.dataset.claim.startsWith(asked));
if (there) {
  held = there;
  light(there);
  (words.get(there.id) || [there])[0].scrollIntoView({ block: "center" });
}
