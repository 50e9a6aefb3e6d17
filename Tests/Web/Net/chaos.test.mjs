// Tabs that come, go and crash, lines that break, a server that says things twice, late or not at all: whatever happens, in whatever
// order, each page is told every record of what it follows, once, in order, and nothing else. The seed is in the test's name. With every
// third seed the journal is now and then put back from an old copy, and pages have to be told.

import assert from "node:assert/strict";
import { test } from "node:test";
import { browser } from "./browser.mjs";

const names = ["a", "b", "c", "d"];
const seeds = Number(process.env.SEEDS ?? 12);
const steps = 150;

for (const kind of ["worker", "leader", "alone"]) {
  for (let seed = 1; seed <= seeds; seed++) {
    test(`${kind}, seed ${seed}: no gap, no duplicate, nothing out of order, nothing foreign`, () => run(kind, seed));
  }
}

async function run(kind, seed) {
  const { clock, gateway, tab, random } = browser({ kind, seed });
  const pick = (list) => list[Math.floor(random() * list.length)];
  for (const name of names) gateway.happen(name);
  gateway.pageSize = 3;
  let tabs = [];
  const open = () => tabs.length < 6 && tabs.push({ ...tab(), watches: [] });
  const leave = (how) => {
    const one = pick(tabs);
    if (one === undefined) return;
    tabs = tabs.filter((other) => other !== one);
    how(one);
  };
  const acts = [
    [30, () => gateway.happen(pick(names))],
    [6, () => Array.from({ length: 10 }, () => gateway.happen(pick(names)))],
    [4, open],
    [8, () => begin(pick(tabs), random, pick)],
    [3, () => pick(pick(tabs)?.watches ?? [])?.end()],
    [1, () => leave(({ client }) => client.close())],
    [2, () => leave(({ kill }) => kill())],
    [4, () => gateway.cut()],
    [2, () => pick(gateway.openStreams)?.finish()],
    [2, () => (gateway.isDown = random() < 0.5)],
    [3, () => pick(gateway.openStreams)?.record(pick(gateway.records))],
    [2, () => hide(gateway, pick(gateway.openStreams))],
    [2, () => pick(tabs)?.page.show(random() < 0.5)],
    [2, () => pick(tabs)?.client.retry()],
    [seed % 3 === 0 ? 1.5 : 0, () => restore(gateway)],
    [1, () => clock.sleep(random() * 60_000)],
    [10, () => clock.turn(random() * 200)],
    [3, () => clock.turn(random() * 20_000)],
  ];
  const weights = acts.reduce((sum, [weight]) => sum + weight, 0);
  open();
  for (let step = 0; step < steps; step++) {
    let at = random() * weights;
    const [, act] = acts.find(([weight]) => (at -= weight) < 0);
    await act();
    if (random() < 0.5) await clock.turn(0);
  }
  gateway.isDown = false;
  for (const one of tabs) one.page.show(true);
  for (const stream of gateway.openStreams) stream.isHeld = false;
  await clock.turn(180_000);
  for (const name of names) gateway.happen(name);
  await clock.turn(2000);
  let checked = 0;
  for (const { watches } of tabs) {
    for (const seen of watches) if (!seen.isOver) checked += check(seen, gateway);
  }
  assert.ok(gateway.openStreams.length <= (kind === "alone" ? tabs.length : 1), "one stream at most");
  return checked;
}

function restore(gateway) {
  gateway.epoch = `${gateway.epoch}x`;
  gateway.records.length = Math.floor(gateway.records.length / 2);
  gateway.cut();
}

// A stream that leaves the next record out.
function hide(gateway, stream) {
  if (stream !== undefined && stream.isOpen) {
    stream.offset += 1;
    gateway.happen(names[0]);
  }
}

function begin(one, random, pick) {
  if (one === undefined) return;
  const followed = random() < 0.3 ? "all" : names.filter(() => random() < 0.5);
  const tasks = followed.length === 0 ? [pick(names)] : followed;
  const after = random() < 0.3 ? "latest" : 0;
  const seen = one.follow(tasks, { after });
  const end = () => {
    seen.isOver = true;
    seen.subscription.close();
  };
  one.watches.push(Object.assign(seen, { tasks, after, end }));
}

function check({ tasks, after, events, pictures, resets }, gateway) {
  const foreign = events.filter(({ task }) => tasks !== "all" && !tasks.includes(task));
  assert.equal(foreign.length, 0, "foreign records");
  // A task's history is whole here, so nobody who follows it by name ever has to begin anew.
  if (tasks !== "all" && gateway.epoch === "e1") assert.equal(resets.length, 0, "a reset");
  for (const name of tasks === "all" ? names : tasks) {
    const shows = (picture) => picture.tasks.some(({ id }) => id === name);
    const reset = resets.filter(shows).at(-1);
    const picture = reset ?? pictures.find(shows);
    assert.ok(picture !== undefined, `${name} was never shown`);
    const isFromPicture = tasks === "all" || after === "latest" || reset !== undefined;
    const base = isFromPicture ? picture.tasks.find(({ id }) => id === name).lastSeq : 0;
    const mine = events.filter(({ task }) => task === name);
    const all = gateway.records.filter(({ task }) => task === name);
    const text = (records) => records.map(({ seq, data }) => `${seq}:${data.count}`).join();
    assert.equal(text(mine), text(all.slice(base)), `${tasks} ${after}: ${name} from ${base + 1}, ${resets.length} resets`);
  }
  return 1;
}
