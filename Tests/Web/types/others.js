// A page of others, as the checker of types reads it: what is wrong in it is found, so the types are there.
import { connect } from "../../../web/js/client.js";
import { startPolling } from "../../../web/js/progress-page.js";
import { ProgressTimeline } from "../../../web/js/progress-timeline.js";

const client = connect("https://box.example:8443");

export async function use() {
  const watch = client.watch("t-19", { onRecord: ({ seq, kind }) => seq.toFixed() + kind.trim(), onEnd: (state) => state === "completed" }, { after: 3 });
  const { verdict } = await client.cancel("t-19", { why: "Wrong file." });
  (await verdict).verdict.trim();
  await client.answer("t-19", "q1", { values: { cleared: "yes" } });
  (await client.review("t-19", "disagree", { why: "The clerk was on leave." })).id.trim();
  await client.submit({ text: "Check account 4711.", agent: "checker", key: "4711" });
  new ProgressTimeline({ onStepStart: ({ number, title }) => number.toFixed() + title.trim() }, { client }).connect("t-19");
  startPolling("t-19", { onReconnect: (attempt) => attempt.toFixed() });
  watch.close();

  // @ts-expect-error A task's id is a text.
  client.cancel(19);
  // @ts-expect-error There is no such handler.
  client.watch("t-19", { onEvent() {} });
  // @ts-expect-error A state is one of eight.
  client.watch("t-19", { onEnd: (state) => state === "finished" });
  // @ts-expect-error Values are an object.
  client.answer("t-19", "q1", { values: "yes" });
  // @ts-expect-error One accepts or disagrees.
  client.review("t-19", "refuse");
  // @ts-expect-error A step has no colour.
  new ProgressTimeline({ onStepStart: ({ colour }) => colour });
}
