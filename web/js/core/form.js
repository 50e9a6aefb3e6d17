// Forms of questions: what a field is asked with, whether what was typed fits, and what is sent. Pure.
//
// The gateway holds an answer against the form once more. What is accepted here is accepted there; its rules are in docs/agents.md.

import { parseDuration, durationText } from "./duration.js";

const known = new Set([
  "choice", "multichoice", "boolean", "text", "longtext", "integer", "decimal", "money", "date", "datetime", "duration", "file",
]);
const largest = 2n ** 63n - 1n;

/**
 * What each field is asked with. `control`: radios, select, checks, textarea, date, datetime or line; `initial`: as `valueOf` reads it.
 * @param {any} fields
 */
export function modelOf(fields) {
  return (Array.isArray(fields) ? fields : []).filter((field) => typeof field?.name === "string").map(fieldOf);
}

function fieldOf(field) {
  const type = known.has(field.type) ? field.type : "text";
  const options = optionsOf(field, type);
  return {
    name: field.name, label: textOf(field.label) || field.name, type, control: controlOf(type, options), options,
    isRequired: field.required !== false, unit: textOf(field.unit), help: textOf(field.help),
    min: field.min ?? null, max: field.max ?? null, maxLength: Number.isInteger(field.maxLength) ? field.maxLength : null,
    initial: initialOf(field.default, type), raw: known.has(field.type) ? null : JSON.stringify(field, null, 1),
  };
}

function optionsOf(field, type) {
  if (type === "boolean") return [{ value: "yes", label: "Yes" }, { value: "no", label: "No" }];
  const list = Array.isArray(field.options) ? field.options : [];
  return list.filter((one) => typeof one?.value === "string").map(({ value, label }) => ({ value, label: textOf(label) || value }));
}

function controlOf(type, options) {
  switch (type) {
    case "boolean": return "radios";
    case "choice": return options.length > 5 ? "select" : "radios";
    case "multichoice": return "checks";
    case "longtext": return "textarea";
    case "date": case "datetime": return type;
    default: return "line";
  }
}

function initialOf(value, type) {
  if (type === "multichoice") return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return "";
  if (type !== "datetime") return value;
  const at = Date.parse(value);
  return Number.isNaN(at) ? "" : new Date(at).toISOString().slice(0, 16);
}

const textOf = (value) => (typeof value === "string" ? value : "");

/**
 * Holds what was typed against the form: `{values}` as they are sent, and `{errors}`, by name of the field: empty where all is well.
 * `typed`: a text for each field, a list for several choices. `unfinished`: names of fields whose control says that it is half filled in.
 */
export function read(model, typed, unfinished = new Set()) {
  const values = Object.create(null);
  const errors = Object.create(null);
  for (const field of model) {
    const result = unfinished.has(field.name) ? { error: unfinishedText(field) } : readField(field, typed[field.name]);
    if (result.error !== undefined) errors[field.name] = result.error;
    else if (result.value !== undefined) values[field.name] = result.value;
  }
  return { values, errors };
}

function unfinishedText({ type }) {
  return type === "date" ? "This date is not complete." : "The date or the time is not complete.";
}

/** `{value}`, `{error}`, or neither where nothing was said and nothing had to be. */
export function readField(field, typed) {
  const { type, isRequired } = field;
  if (type === "multichoice") {
    const chosen = Array.isArray(typed) ? typed : [];
    if (chosen.some((one) => !has(field, one))) return { error: "Choose from the options." };
    if (chosen.length === 0) return isRequired ? { error: "Choose at least one." } : {};
    return { value: chosen };
  }
  const whole = typeof typed === "string" ? typed : "";
  const text = whole.trim();
  if (text === "") return isRequired ? { error: missing(field) } : {};
  switch (type) {
    case "choice": return has(field, whole) ? { value: whole } : { error: "Choose one of the options." };
    case "boolean": return has(field, whole) ? { value: whole === "yes" } : { error: "Choose yes or no." };
    case "integer": return integer(field, text);
    case "decimal": return decimal(field, text, Number);
    case "money": return /\.\d{5}/.test(text) ? { error: "Write at most four digits behind the point." } : decimal(field, text, String);
    case "date": return day(field, text);
    case "datetime": return instant(field, text);
    case "duration": return length(field, text);
    case "file": return /[\u0000-\u001f\u007f]/.test(text) ? { error: "Write the name or the address on one line." } : limited(field, text);
    default: return limited(field, whole);
  }
}

const has = ({ options }, value) => options.some((option) => option.value === value);

function missing({ control, type }) {
  if (control === "radios" || control === "select") return type === "boolean" ? "Choose yes or no." : "Choose one of the options.";
  return { date: "Give a date.", datetime: "Give a date and a time.", duration: "Give a length of time." }[type] ?? "This has to be filled in.";
}

function limited({ maxLength }, value) {
  const length = lengthOf(value);
  return maxLength !== null && length > maxLength
    ? { error: `This has ${length} characters. At most ${maxLength} may be sent.` }
    : { value };
}

const segmenter = globalThis.Intl?.Segmenter ? new Intl.Segmenter() : null;

/** As people count characters, and the gateway does: an e with an accent is one. */
function lengthOf(value) {
  return segmenter === null ? [...value].length : [...segmenter.segment(value)].length;
}

/** 1,000 and 1 000 are meant as 1000; 1,5 is not meant as 15. */
function ungrouped(text) {
  return /^[-+]?\d{1,3}([, \u00a0\u202f]\d{3})+(\.\d*)?$/.test(text) ? text.replace(/[, \u00a0\u202f]/g, "") : text;
}

function integer(field, text) {
  const plain = ungrouped(text);
  if (!/^[-+]?\d{1,30}$/.test(plain)) return { error: "Write a whole number, such as 42." };
  const big = BigInt(plain.replace("+", ""));
  if (big > largest || big < -largest - 1n) return { error: "This number is too large." };
  const wrong = outside(field, Number(big));
  if (wrong !== null) return { error: wrong };
  // Beyond what JSON's readers keep, a number is sent as a text, which is taken as well.
  return { value: Number.isSafeInteger(Number(big)) ? Number(big) : String(big) };
}

function decimal(field, text, made) {
  const plain = ungrouped(text);
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) || !Number.isFinite(Number(plain))) {
    return { error: "Write a number with a point, such as 12.5." };
  }
  const wrong = outside(field, Number(plain));
  return wrong === null ? { value: made(plain) } : { error: wrong };
}

/**
 * @param {any} field
 * @param {number} value
 * @param {(bound: any) => string} shown
 * @param {(bound: any) => number} known
 */
function outside({ min, max }, value, shown = (bound) => String(bound), known = (bound) => Number(bound)) {
  if (min !== null && value < known(min)) return `This must be at least ${shown(min)}.`;
  if (max !== null && value > known(max)) return `This must be at most ${shown(max)}.`;
  return null;
}

function isDay(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null || match[1] === "0000") return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text); // 30 February is no day.
}

function day(field, text) {
  if (!isDay(text)) return { error: "Write a day as 2026-03-01." };
  const wrong = bounds(field, Date.parse(text), (bound) => bound);
  return wrong === null ? { value: text } : { error: wrong };
}

function instant(field, text) {
  const match = /^(\S+)[T ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d{1,3})?))?Z?$/.exec(text);
  if (match === null || !isDay(match[1]) || Number(match[2]) > 23 || Number(match[3]) > 59 || Number(match[4] ?? 0) >= 60) {
    return { error: "Write a day and a time in UTC as 2026-03-01 09:30." };
  }
  const value = `${match[1]}T${match[2]}:${match[3]}:${match[4] ?? "00"}Z`;
  const wrong = bounds(field, Date.parse(value), (bound) => `${String(bound).replace("T", " ").replace(/(:00)?(\.0+)?Z$/, "")} UTC`);
  return wrong === null ? { value } : { error: wrong };
}

function bounds({ min, max }, at, shown) {
  if (min !== null && at < Date.parse(min)) return `This must not be before ${shown(min)}.`;
  if (max !== null && at > Date.parse(max)) return `This must not be after ${shown(max)}.`;
  return null;
}

function length(field, text) {
  const seconds = parseDuration(text);
  if (seconds === null) return { error: "Write a length of time, such as 30 m or 1 h 15 m." };
  const known = (bound) => (typeof bound === "number" ? bound : parseDuration(String(bound)) ?? NaN);
  const wrong = outside(field, seconds, String, known);
  return wrong === null ? { value: durationText(seconds) } : { error: wrong };
}

/** An answer as people read it: No; Cleared: No, Note: checked with Legal. */
export function answerText(form, answer) {
  if (!answer) return "";
  if (answer.declined) return "I cannot answer";
  if (!answer.values) return String(answer.text ?? "");
  const model = modelOf(form?.fields);
  const told = Object.entries(answer.values).map(([name, value]) => {
    const field = model.find((one) => one.name === name);
    return [field?.label ?? name, [value].flat().map((one) => valueText(field, one)).join(", ")];
  });
  return told.length === 1 ? told[0][1] : told.map(([label, text]) => `${label}: ${text}`).join("; ");
}

function valueText(field, value) {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return field?.options.find((option) => option.value === value)?.label ?? String(value);
}
