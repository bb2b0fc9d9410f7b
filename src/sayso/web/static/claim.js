// What is ticked anywhere on the page is listed beside the verdict, and a verdict that is half written
// outlives a judgement or a look at another claim. Without this script the forms work all the same.
const form = document.getElementById("conclude");
const picked = form.querySelector(".picked");
const boxes = [...document.querySelectorAll("input[name=evidence]")];
const reason = form.elements.reason;
const key = `verdict ${location.pathname}`;
const LONGEST = 120;
// What is said about each piece of evidence, by its value; the page brings what stands already.
const notes = new Map(
  [...picked.querySelectorAll("li")].map((item) => [item.querySelector("[name=noted]").value, item.querySelector("[name=note]").value]),
);

const input = (name, value) => Object.assign(document.createElement("input"), { name, value });

const noteOf = (value) => {
  const field = input("note", notes.get(value) ?? "");
  field.placeholder = field.ariaLabel = "What it shows";
  field.dir = "auto";
  field.addEventListener("input", () => {
    notes.set(value, field.value);
    keep();
  });
  const of = input("noted", value);
  of.type = "hidden";
  return [field, of];
};

const list = () => {
  const seen = new Map();
  for (const box of boxes) if (box.checked) seen.set(box.value, box.dataset.words);
  picked.replaceChildren(
    ...[...seen].map(([value, words]) => {
      const item = document.createElement("li");
      item.dir = "auto";
      item.textContent = words.length > LONGEST ? `${words.slice(0, LONGEST)} …` : words;
      item.append(...noteOf(value));
      return item;
    }),
  );
};

// One sentence can stand on the page several times: its boxes are one.
const alike = (box) => {
  for (const other of boxes) if (other.value === box.value) other.checked = box.checked;
};

const draft = () => ({
  verdicts: form.dataset.verdicts,
  rating: form.elements.rating.value,
  reason: reason.value,
  evidence: boxes.filter((box) => box.checked).map((box) => box.value),
  notes: [...notes],
});

const keep = () => sessionStorage.setItem(key, JSON.stringify(draft()));

const restore = () => {
  const kept = JSON.parse(sessionStorage.getItem(key) || "null");
  // Another verdict has been recorded since: the draft is that one, or no longer an answer to what stands.
  if (!kept || kept.verdicts !== form.dataset.verdicts) return sessionStorage.removeItem(key);
  if (kept.rating) form.elements.rating.value = kept.rating;
  reason.value = kept.reason;
  for (const [value, note] of kept.notes ?? []) notes.set(value, note);
  for (const box of boxes) box.checked = kept.evidence.includes(box.value);
};

restore();
list();
document.addEventListener("change", (event) => {
  if (event.target.name === "evidence") alike(event.target);
  if (event.target.form !== form || event.target.name === "note") return;
  list();
  keep();
});
reason.addEventListener("input", keep);
