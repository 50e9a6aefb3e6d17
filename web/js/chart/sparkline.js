// A small line of how a number went, without an axis: its place is beside the number. Pure.

/**
 * `values`, oldest first, null where nothing is known; drawn from 0 to the highest, at the right end of `length` places. Gives {line, area}
 * as paths, {last} as the place of the newest, and {low, high}; all null where nothing is known.
 */
export function sparkline(values, { width, height, length = values.length, margin = 2 }) {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { line: null, area: null, last: null, low: null, high: null };
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const step = length > 1 ? (width - 2 * margin) / (length - 1) : 0;
  const first = length - values.length;
  const x = (index) => round(margin + (first + index) * step);
  const y = (value) => round(height - margin - (high > 0 ? Math.max(0, value) / high : 0) * (height - 2 * margin));
  let line = "";
  let area = "";
  for (const [from, to] of runs(values)) {
    const points = values.slice(from, to).map((value, place) => `${x(from + place)} ${y(value)}`);
    // A value alone is a dot: a line of no length with round ends.
    line += `M${points.join("L")}${points.length === 1 ? "h0" : ""}`;
    area += `M${x(from)} ${height}L${points.join("L")}V${height}Z`;
  }
  const newest = values.findLastIndex((value) => value !== null);
  return { line, area, last: { x: x(newest), y: y(values[newest]) }, low, high };
}

/** Where values are known, one behind the other: [from, to) of each. */
function runs(values) {
  const found = [];
  values.forEach((value, index) => {
    if (value === null) return;
    if (found.length > 0 && found.at(-1)[1] === index) found.at(-1)[1] = index + 1;
    else found.push([index, index + 1]);
  });
  return found;
}

function round(value) {
  return Math.round(value * 100) / 100;
}
