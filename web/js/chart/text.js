// How wide text will be, and what of it fits: the places of labels are known before anything is drawn. Pure.

/** Generous, in shares of the size: a browser without our typeface has a wider one. */
const widths = { narrow: 0.36, plain: 0.6, wide: 0.74, square: 1.05 };

function widthOfCharacter(character) {
  if (/[ ilj.,:;'|!()[\]-]/.test(character)) return widths.narrow;
  if (/[mw]/.test(character)) return 0.88;
  if (/[MW@%]/.test(character)) return widths.wide * 1.3;
  if (/[A-Z0-9+×−→&#–…]/.test(character)) return widths.wide * 0.93;
  return character.codePointAt(0) > 0x2000 ? widths.square : character.codePointAt(0) > 0x24f ? 0.8 : widths.plain;
}

/** In pixels, of text at this size. */
export function widthOf(text, size = 11) {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width * size;
}

/** As much of the text as fits into the width, with "…" behind what was cut; nothing where not even that fits. */
export function fit(text, width, size = 11) {
  if (widthOf(text, size) <= width) return text;
  let cut = "";
  const room = width - widthOf("…", size);
  let used = 0;
  for (const character of text) {
    used += widthOfCharacter(character) * size;
    if (used > room) break;
    cut += character;
  }
  return cut === "" ? "" : `${cut.trimEnd()}…`;
}

/** Control characters and those that turn the direction of reading are shown as what they are; `limit` characters at most. */
export function clean(value, limit = 400) {
  const text = typeof value === "string" ? value : value === null || value === undefined ? "" : String(value);
  const short = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return short.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (one) => (/[\t\n\r]/.test(one) ? " " : `[U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`));
}
