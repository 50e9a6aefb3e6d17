// How much happens in a second, from counters that only grow. Pure.

import { countOrNull, numberOrNull, object, text } from "./read.js";

/** All requests that were answered, whatever the answer. */
export function requests(counters) {
  return Object.values(object(object(counters).requests)).reduce((sum, value) => sum + (countOrNull(value) ?? 0), 0);
}

/**
 * Per second between two documents of operations, of what `read(counters)` gives; null where that cannot be said: at first, when the
 * gateway was started anew, or where no time went by.
 */
export function rate(before, now, read) {
  if (before === null || text(before.started) !== text(now.started)) return null;
  const seconds = (now.monotonicMilliseconds - before.monotonicMilliseconds) / 1000;
  const grown = read(now.counters) - read(before.counters);
  return seconds > 0 && grown >= 0 ? grown / seconds : null;
}

/** 0, 0.4, 12.4, 1,284: as exact as a glance can take. */
export function rateText(value) {
  if (numberOrNull(value) === null) return "–";
  if (value === 0) return "0";
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString("en-GB");
}

/** What is there of a series of the history: as many values as there should be, or none. */
export function series(history, name) {
  const values = object(object(history).series)[name];
  return Array.isArray(values) ? values.slice(-120).map(numberOrNull) : [];
}

/** When each value of the history was, in milliseconds since 1970. */
export function times(history, length) {
  const from = Date.parse(object(history).from);
  const every = numberOrNull(object(history).every) ?? 5;
  return Number.isNaN(from) ? [] : Array.from({ length }, (_, index) => from + index * every * 1000);
}

/** Rows of a table from series of the same length: the mean of each `size` values, the newest last; null where nothing is known. */
export function condensed(values, size) {
  const rows = [];
  for (let end = values.length; end > 0; end -= size) {
    const known = values.slice(Math.max(0, end - size), end).filter((value) => value !== null);
    rows.unshift(known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length);
  }
  return rows;
}
