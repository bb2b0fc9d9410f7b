// Places in the document's text, in code points, as the server counts them, and the page's text nodes.
import { toPoints, toUnits } from "./points.js";

const paragraphs = () => [...document.querySelectorAll(".text p[data-start]")];
const startOf = (paragraph) => Number(paragraph.dataset.start);

/** The stretches of a place, paragraph by paragraph, with offsets in UTF-16 units. */
const slices = function* slices({ start, end }) {
  const all = paragraphs();
  let low = 0;
  for (let high = all.length - 1; low < high; ) {
    const middle = Math.ceil((low + high) / 2);
    if (startOf(all[middle]) <= start) low = middle;
    else high = middle - 1;
  }
  for (let at = low; at < all.length && startOf(all[at]) < end; at += 1) {
    const text = all[at].textContent;
    const from = toUnits(text, Math.max(0, start - startOf(all[at])));
    const to = toUnits(text, end - startOf(all[at]));
    if (from < to) yield { paragraph: all[at], text, from, to };
  }
};

/** The characters at a place, as the page holds them. */
export const wordsAt = (place) => [...slices(place)].map(({ text, from, to }) => text.slice(from, to)).join("");

const boundary = (paragraph, units) => {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = units;
  let node = walker.nextNode();
  while (node && left > node.length) {
    left -= node.length;
    node = walker.nextNode();
  }
  return node ? [node, left] : [paragraph, paragraph.childNodes.length];
};

/** The ranges of a place: one in each paragraph. */
export const rangesAt = (place) =>
  [...slices(place)].map(({ paragraph, from, to }) => {
    const range = document.createRange();
    range.setStart(...boundary(paragraph, from));
    range.setEnd(...boundary(paragraph, to));
    return range;
  });

const pointAt = (node, offset) => {
  const element = node instanceof Element ? node : node.parentElement;
  const paragraph = element && element.closest(".text p[data-start]");
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  const units = before.toString().length;
  return startOf(paragraph) + toPoints(paragraph.textContent, units);
};

/** The place of a range of the page without white space at its ends; null: not in the text. */
export const placeOf = (range) => {
  const start = pointAt(range.startContainer, range.startOffset);
  const end = pointAt(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  const words = wordsAt({ start, end });
  const led = words.length - words.trimStart().length;
  const trimmed = words.trim();
  return trimmed && { start: start + led, end: start + led + toPoints(trimmed, trimmed.length) };
};

// The place nearest to a point where some words stand, from somewhere on; null: they stand nowhere there.
const find = (words, near, from) => {
  const all = paragraphs();
  if (!words || !all.length) return null;
  const text = all.map((paragraph) => paragraph.textContent).join("");
  const first = startOf(all[0]);
  let best = null;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const start = first + toPoints(text, at);
    if (start >= from && (!best || Math.abs(start - near) < Math.abs(best.start - near))) {
      best = { start, end: start + toPoints(words, words.length) };
    }
  }
  return best;
};

// What stands between words that stand apart in the text.
const GAP = " … ";

/** The words at places, as a form shows them. */
export const together = (places) => places.map(wordsAt).join(GAP);

/** The places nearest to a point where words stand as a form shows them; none: they do not stand so. */
export const findAll = (words, near) => {
  const whole = find(words, near, 0);
  if (whole) return [whole];
  const found = [];
  for (const part of words.split(GAP)) {
    const last = found.at(-1);
    const place = find(part, last ? last.end : near, last ? last.end : 0);
    if (!place) return [];
    found.push(place);
  }
  return found;
};

/** Places as a form or an attribute writes them: `start-end`, with a blank between two. */
export const written = (places) => places.map(({ start, end }) => `${start}-${end}`).join(" ");

/** The places that a form or an attribute writes so. */
export const read = (written) =>
  (written || "")
    .split(" ")
    .filter(Boolean)
    .map((one) => one.split("-").map(Number))
    .map(([start, end]) => ({ start, end }));
