// Questions and who watches.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, same } from "./browser.mjs";

const question = (task, name, more = {}) => ({ task, question: name, title: task, kind: "input", text: "Well?", mayAnswer: true, ...more });
const said = ({ type, task, question: about, how, by }) =>
  (type === "question" ? ["open", task, about.question, about.claimedBy ?? ""] : ["closed", task, about, how ?? "", by ?? ""]).join(" ").trim();

async function connected(questions = []) {
  const all = browser();
  all.gateway.questions = questions;
  all.one = all.tab();
  await all.clock.turn(100);
  all.heard = (one = all.one) => one.heard.questions.map(said);
  return all;
}

test("the list that there is, then what becomes of it", async () => {
  const { clock, gateway, heard } = await connected([question("a", "q1")]);
  gateway.socket.say({ type: "question", task: "b", question: question("b", "q1") });
  gateway.socket.say({ type: "question", task: "a", question: question("a", "q1", { claimedBy: "kim" }) });
  gateway.socket.say({ type: "question-closed", task: "a", question: "q1", how: "answered", by: "kim" });
  gateway.socket.say({ type: "question-closed", task: "a", question: "q1", how: "answered", by: "kim" });
  await clock.turn(0);
  same(heard(), ["open a q1", "open b q1", "open a q1 kim", "closed a q1 answered kim"]);
});

test("a tab that comes late hears those that are open", async () => {
  const { clock, gateway, tab, heard } = await connected([question("a", "q1"), question("b", "q1")]);
  gateway.socket.say({ type: "question-closed", task: "b", question: "q1", how: "expired" });
  const late = tab();
  await clock.turn(100);
  same(heard(late), ["open a q1"]);
});

test("what was closed while the line was broken is closed, and what is as it was is not said again", async () => {
  const { clock, gateway, heard } = await connected([question("a", "q1"), question("b", "q1")]);
  gateway.questions = [question("b", "q1"), question("c", "q1")];
  gateway.socket.end(1006);
  await clock.turn(3000);
  same(heard(), ["open a q1", "open b q1", "open c q1", "closed a q1 unknown"]);
});

test("what is closed while the list is on its way does not come back with it", async () => {
  const { clock, gateway, heard } = await connected();
  gateway.questions = [question("a", "q1")];
  let answer = null;
  gateway.instead = (path) => (path.startsWith("/api/questions") ? new Promise((resolve) => (answer = () => resolve(gateway.json({ questions: [question("a", "q1")] })))) : undefined);
  gateway.socket.end(1006);
  await clock.turn(3000);
  gateway.socket.say({ type: "question", task: "b", question: question("b", "q9") });
  gateway.socket.say({ type: "question-closed", task: "a", question: "q1", how: "answered", by: "kim" });
  answer();
  await clock.turn(100);
  same(heard(), ["open b q9"]);
});

test("a list that cannot be had is asked for again", async () => {
  const { clock, gateway, heard } = await connected();
  gateway.questions = [question("a", "q1")];
  let fails = 1;
  gateway.instead = (path) => (path.startsWith("/api/questions") && --fails >= 0 ? gateway.problem(503, "not-ready") : undefined);
  gateway.socket.end(1006);
  await clock.turn(15_000);
  same(heard(), ["open a q1"]);
});

test("who watches: asked once for all tabs, told at each change, asked again on a new socket, and ended with the last", async () => {
  const { clock, gateway, one, tab } = await connected();
  gateway.happen("a");
  const heard = [[], []];
  const names = (index) => ({ watchers }) => heard[index].push(watchers.map(({ principal }) => principal).join());
  const ends = [one.client.onPresence("a", names(0))];
  await clock.turn(0);
  const other = tab();
  await clock.turn(100);
  ends.push(other.client.onPresence("a", names(1)));
  await clock.turn(0);
  const asked = () => gateway.socket.sent.filter(({ type }) => type === "presence" || type === "unsubscribe").map(({ type }) => type);
  same([heard, asked()], [[["alex"], ["alex"]], ["presence"]]);
  gateway.socket.say({ type: "watcher", task: "a", principal: "kim", joined: true, count: 2 });
  gateway.socket.say({ type: "watcher", task: "a", principal: "alex", joined: false, count: 1 });
  await clock.turn(0);
  same(heard[0], ["alex", "alex,kim", "kim"]);
  gateway.socket.end(1006);
  await clock.turn(3000);
  same([heard[1].at(-1), asked()], ["alex", ["presence"]]);
  for (const end of ends) end();
  await clock.turn(0);
  same(asked(), ["presence", "unsubscribe"]);
});
