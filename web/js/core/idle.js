// Where nothing begins and nothing ends for long: these times are drawn as narrow bands, and a replay passes them quickly. Pure.

/** In milliseconds: what is idle for longer is folded. */
export const patience = 10_000;

/** The instants in which something begins or ends: of tools and their attempts, of questions, of the task. */
export function marksOf(task, now) {
  const marks = [task.opened, task.ended ?? now];
  for (const call of task.calls) {
    marks.push(call.from, call.to);
    for (const { from, to } of call.attempts) marks.push(from, to);
  }
  for (const { asked, closed } of task.questions) marks.push(asked, closed);
  for (const { since, ended } of task.agents) marks.push(since, ended);
  return marks.filter((mark) => Number.isFinite(mark)).sort((a, b) => a - b);
}

/**
 * The idle times between sorted marks, without a little at both of their ends, so that what stands there can be seen.
 * The longest ones, where there are more than `most`.
 */
export function idleTimes(marks, most = 8) {
  const gaps = [];
  let busy = 0;
  for (let index = 1; index < marks.length; index += 1) {
    const [from, to] = [marks[index - 1], marks[index]];
    if (to - from > patience) gaps.push({ from, to });
    else busy += to - from;
  }
  const longest = gaps.length > most ? gaps.sort((a, b) => b.to - b.from - a.to + a.from).slice(0, most) : gaps;
  const edge = Math.min(patience / 4, Math.max(200, (busy * 0.3) / longest.length));
  return longest.map(({ from, to }) => ({ from: from + edge, to: to - edge })).sort((a, b) => a.from - b.from);
}
