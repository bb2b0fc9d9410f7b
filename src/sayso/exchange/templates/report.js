"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const strip = document.querySelector(".strip");
  const notes = all(".note");
  const words = new Map();
  const marked = all(".text [data-c]");
  for (const segment of marked) {
    for (const claim of segment.dataset.c.split(" ")) {
      if (!words.has(claim)) words.set(claim, []);
      words.get(claim).push(segment);
    }
    if (segment.dataset.n) segment.tabIndex = 0;
  }
  for (const hidden of all(".script-only")) hidden.hidden = false;

  // Where there is room nothing of this needs a press, and a text can still be folded by one.
  if (matchMedia("(min-width: 44.01rem)").matches) {
    for (const details of all("details.wide")) details.open = true;
    for (const text of all("details.text")) text.classList.remove("wide");
  }

  // One claim at a time: all its words, its note, and a strip with its source chain and links.
  let lit = [];
  let kept = "";
  const light = (claim) => {
    for (const element of lit) element.classList.remove("on");
    const note = claim && document.getElementById(claim);
    strip.hidden = !note;
    lit = note ? [note, ...(words.get(claim) || [])] : [];
    for (const element of lit) element.classList.add("on");
    if (note) strip.replaceChildren(...Array.from(note.cloneNode(true).childNodes));
  };
  const claimsAt = (target) => {
    if (!(target instanceof Element)) return [];
    const note = target.closest(".note");
    if (note) return [note.id];
    const segment = target.closest(".text [data-c]");
    return segment ? segment.dataset.c.split(" ") : [];
  };
  const point = (event) => {
    if (!strip.contains(event.target)) light(claimsAt(event.target)[0] || kept);
  };
  document.addEventListener("pointerover", point);
  document.addEventListener("focusin", point);
  const keep = (target) => {
    const claims = claimsAt(target);
    kept = claims[(claims.indexOf(kept) + 1) % claims.length] || "";
    light(kept);
  };
  document.addEventListener("click", (event) => {
    if (!strip.contains(event.target) && !event.target.closest("a, summary, form")) keep(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light((kept = ""));
    if (event.key === "Enter" && event.target.matches("[data-c]")) keep(event.target);
  });

  // A link to a claim opens whatever is folded around it and keeps the claim in view.
  const arrive = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    const inside = target.matches(".doc") && target.querySelector("details.text");
    if (inside) inside.open = true;
    if (!target.matches(".note")) return;
    light((kept = target.id));
    ((words.get(target.id) || [])[0] || target).scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", arrive);
  arrive();

  const filter = document.querySelector(".filter");
  if (filter) {
    filter.hidden = false;
    filter.open = matchMedia("(min-width: 62rem)").matches;
    const form = filter.querySelector("form");
    const rows = all("[data-for]");
    const groups = all("details.group, .days > li");
    const choose = () => {
      const { speaker, act, voice } = form.elements;
      const fits = (note) =>
        (!speaker.value || note.dataset.speakers.split(" ").includes(speaker.value)) &&
        (!act.value || note.dataset.act === act.value) &&
        (!voice.value || note.dataset.voice === voice.value);
      const chosen = new Set(notes.filter(fits).map((note) => note.id));
      for (const note of notes) note.classList.toggle("off", !chosen.has(note.id));
      for (const segment of marked) {
        segment.classList.toggle("off", !segment.dataset.c.split(" ").some((claim) => chosen.has(claim)));
      }
      for (const row of rows) row.hidden = !row.dataset.for.split(" ").some((claim) => chosen.has(claim));
      for (const group of groups) {
        const left = all("[data-for]:not([hidden])", group).length;
        const sum = all("[data-for]", group).length;
        group.hidden = !left;
        if (left < sum && chosen.size <= 60) {
          for (const folded of [group, ...all("details.wide", group)]) folded.open = true;
        }
        for (const count of all("summary .count", group)) count.textContent = left < sum ? `${left} of ${sum}` : sum;
      }
      form.querySelector("output").value = `${chosen.size} of ${notes.length} claims`;
    };
    form.addEventListener("change", choose);
    form.addEventListener("reset", () => setTimeout(choose));
    form.addEventListener("submit", (event) => event.preventDefault());
    choose();
  }

  // On paper nothing can be unfolded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
})();
