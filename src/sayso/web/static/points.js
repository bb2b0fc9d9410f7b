// Offsets: Python counts code points, JavaScript counts UTF-16 units. Here alone the one becomes the other.

/** How many code points stand before a UTF-16 offset; inside a pair, before its character. */
export const toPoints = (text, units) => {
  let points = 0;
  for (let at = 0; at < units; points += 1) {
    const width = text.codePointAt(at) > 0xffff ? 2 : 1;
    if (at + width > units) break;
    at += width;
  }
  return points;
};

/** The UTF-16 offset at which a code point stands. */
export const toUnits = (text, points) => {
  let at = 0;
  for (let left = points; left > 0 && at < text.length; left -= 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
};
