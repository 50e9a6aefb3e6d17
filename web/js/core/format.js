// Times and lengths of time as people read them. Pure.

/** 7 s, 2 m 07 s, 4 h 02 m, 3 d 04 h: two units at most, so that a glance is enough. */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value) => String(value).padStart(2, "0");
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${two(whole % 60)} s`;
  if (whole < 86400) return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} m`;
  return `${Math.floor(whole / 86400)} d ${two(Math.floor((whole % 86400) / 3600))} h`;
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

/** 1 listener, 2 listeners. */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
