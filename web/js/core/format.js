// Times, lengths of time, numbers and sizes as people read them. Pure.

/** 7 s, 2 m 07 s, 4 h 02 m, 3 d 04 h: two units at most, so that a glance is enough. */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value) => String(value).padStart(2, "0");
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${two(whole % 60)} s`;
  if (whole < 86400) return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} m`;
  return `${Math.floor(whole / 86400)} d ${two(Math.floor((whole % 86400) / 3600))} h`;
}

/** How long something took: 0.04 s, 1.21 s, 12.3 s, then as `duration` has it. */
export function span(milliseconds) {
  const hundredths = Math.round(Math.max(0, milliseconds) / 10);
  if (hundredths < 1000) return `${(hundredths / 100).toFixed(2)} s`;
  const tenths = Math.round(milliseconds / 100);
  return tenths < 600 ? `${(tenths / 10).toFixed(1)} s` : duration(Math.round(milliseconds / 1000));
}

/** What is left until a deadline: 88 s left, 9 m 58 s left; a second that has begun counts. */
export function left(milliseconds) {
  return milliseconds <= 0 ? "no time left" : `${duration(Math.ceil(milliseconds / 1000))} left`;
}

/** How long ago it was: just now, 12 s ago, 5 m ago, 3 h ago, 2 d ago. */
export function ago(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ago`;
  return seconds < 86400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86400)} d ago`;
}

const day = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", timeStyle: "medium" });

/** 21 Nov 2026, 09:42:08 UTC. */
export function instant(date) {
  return `${day.format(date)}, ${clock.format(date)} UTC`;
}

/** 09:42:08 UTC. */
export function timeOfDay(date) {
  return `${clock.format(date)} UTC`;
}

// The log writes a time in each of its lines, and Intl is a hundred times slower than this.

/** 09:42:08, in UTC, of milliseconds since 1970; nothing for what is no time. */
export function time(milliseconds) {
  return precise(milliseconds).slice(0, 8);
}

/** 09:42:10.604, in UTC. */
export function precise(milliseconds) {
  return isTime(milliseconds) ? new Date(milliseconds).toISOString().slice(-13, -1) : "";
}

/** 21 Nov 2026, of milliseconds since 1970. */
export function date(milliseconds) {
  return isTime(milliseconds) ? day.format(milliseconds) : "";
}

function isTime(milliseconds) {
  return typeof milliseconds === "number" && Math.abs(milliseconds) <= 8.64e15;
}

const plain = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 });

/** 29,731; 0.87. */
export function number(value) {
  return plain.format(value);
}

/** 1 listener, 2 listeners, 1,284 listeners. */
export function count(amount, noun) {
  return `${plain.format(amount)} ${noun}${amount === 1 ? "" : "s"}`;
}

/** 312 bytes, 12.4 KB, 8 MB: of a thousand each, with one digit behind the point where it says something. */
export function bytes(size) {
  if (size < 1000) return count(size, "byte");
  const units = ["KB", "MB", "GB", "TB"];
  let value = size / 1000;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${plain.format(Math.round(value * 10) / 10)} ${units[unit]}`;
}

export const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
