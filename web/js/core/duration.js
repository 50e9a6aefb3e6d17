// Lengths of time as people type them: 90 s, 1 h 30 m, 1:30:00, PT1H30M. Pure.

const units = { d: 86400, h: 3600, m: 60, s: 1 };
const words = { day: "d", days: "d", hour: "h", hours: "h", hr: "h", min: "m", mins: "m", minute: "m", minutes: "m", sec: "s", second: "s", seconds: "s" };

/** In seconds; null for what is no length of time. */
export function parseDuration(text) {
  const typed = text.trim().toLowerCase();
  const clock = /^(\d{1,5}):([0-5]\d)(?::([0-5]\d))?$/.exec(typed);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
  const plain = /^p(?=[\dt])(?:\d+d)?(?:t(?=\d).*)?$/.test(typed) ? typed.slice(1).replace("t", " ").trim() : typed;
  let seconds = 0;
  let last = Infinity;
  const rest = plain.replace(/(\d+(?:\.\d+)?)\s*([a-z]+)\s*/g, (whole, amount, word) => {
    const unit = units[words[word] ?? word] ?? NaN;
    if (!(unit < last)) last = NaN; // Each unit once, the larger first.
    else last = unit;
    seconds += Number(amount) * unit;
    return "";
  });
  const isGood = rest === "" && typed !== "" && !Number.isNaN(last) && last !== Infinity && Number.isFinite(seconds) && seconds < 1e9;
  return isGood ? Math.round(seconds * 1000) / 1000 : null;
}

/** As ISO 8601 has it: P1DT2H, PT1H30M, PT0S. */
export function durationText(seconds) {
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = Math.round((seconds % 60) * 1000) / 1000;
  const time = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${rest ? `${rest}S` : ""}`;
  return days === 0 && time === "" ? "PT0S" : `P${days ? `${days}D` : ""}${time ? `T${time}` : ""}`;
}
