// What can be said of a file before it is sent: its bytes are looked at, and nothing in it is parsed. Pure.

import { bytes as size, count } from "./format.js";

/** The agents read no more. */
export const largestAlert = 1 << 20;

const magics = [
  { kind: "a ZIP archive", starts: "PK", bytes: [0x50, 0x4b] },
  { kind: "a PDF document", starts: "%PDF", bytes: [0x25, 0x50, 0x44, 0x46] },
  { kind: "a compressed file", starts: "1F 8B", bytes: [0x1f, 0x8b] },
  { kind: "a PNG picture", starts: "89 PNG", bytes: [0x89, 0x50, 0x4e, 0x47] },
];
const isSpace = (byte) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/** Why these bytes are no alert, in a sentence; null where they may be one. */
export function fault(name, bytes) {
  if (bytes.length === 0) return `${name} is empty.`;
  if (bytes.length > largestAlert) return tooLarge(name, bytes.length);
  const magic = magics.find((one) => one.bytes.every((byte, index) => bytes[index] === byte));
  if (magic) return `Not XML: the file starts with ${magic.starts}, which is ${magic.kind}.`;
  const { start, width } = startOf(bytes);
  let at = start;
  while (at < bytes.length && (isSpace(bytes[at]) || (width === 2 && bytes[at] === 0))) at += 1;
  if (at >= bytes.length) return "Not XML: the file has spaces only.";
  if (bytes[at] !== 0x3c) return `Not XML: the file starts with ${shown(bytes, at)}, not with <.`;
  return null;
}

export function tooLarge(name, length) {
  const [is, limit] = [size(length), size(largestAlert)];
  return is === limit ? `${name} has ${count(length, "byte")}. The limit is ${count(largestAlert, "byte")}.` : `${name} is ${is}. The limit is ${limit}.`;
}

/** Behind the mark of the byte order; in UTF-16 each letter of XML's is a byte and a zero. */
function startOf([a, b, c]) {
  if (a === 0xef && b === 0xbb && c === 0xbf) return { start: 3, width: 1 };
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return { start: 2, width: 2 };
  return { start: 0, width: 1 };
}

function shown(bytes, at) {
  const word = /^[A-Za-z0-9]{2,4}/.exec(String.fromCharCode(...bytes.subarray(at, at + 4)));
  if (word) return word[0];
  const letter = bytes[at];
  return letter > 0x20 && letter < 0x7f ? String.fromCharCode(letter) : `the byte ${letter.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** The part of the message that begins the task: text where the alert is UTF-8 without a mark, or else its bytes. */
export function partOf(filename, bytes) {
  const rest = { filename, mediaType: "application/xml" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), ...rest };
  } catch {
    let binary = "";
    for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return { raw: btoa(binary), ...rest };
  }
}
