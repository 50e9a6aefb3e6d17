// The server's time of day.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock } from "../../../web/js/core/clock.js";
import { chance } from "../Net/world.mjs";

const noon = Date.parse("2026-11-22T12:00:00.000Z");
const header = (time) => new Date(Math.floor(time / 1000) * 1000).toUTCString();

test("clocks that agree are left alone", () => {
  const clock = new Clock(() => noon);
  clock.heardDate(header(noon), noon - 40, noon);
  clock.heardTime(noon - 20);
  assert.equal(clock.now(), noon);
});

test("a computer whose clock is wrong is corrected by its answers, to a second", () => {
  for (const wrong of [-90_000, -1500, 4000, 3_600_000]) {
    const clock = new Clock(() => noon + wrong);
    clock.heardDate(header(noon + 300), noon + wrong - 50, noon + wrong);
    assert.ok(Math.abs(clock.now() - noon) <= 1050, `${wrong}: ${clock.now() - noon}`);
  }
});

test("each answer and each record make it more exact", () => {
  const random = chance(1);
  let now = noon;
  const clock = new Clock(() => now - 77_777);
  for (let count = 0; count < 200; count++) {
    now += Math.floor(random() * 3000);
    const trip = random() * 60;
    clock.heardDate(header(now - trip / 2), now - trip - 77_777, now - 77_777);
    clock.heardTime(now - random() * 200);
  }
  assert.ok(Math.abs(clock.now() - now) < 120, `${clock.now() - now}`);
});

test("a record cannot be of the future", () => {
  const clock = new Clock(() => noon);
  clock.heardTime(noon + 5000);
  assert.equal(clock.now(), noon + 5000);
  clock.heardTime(noon - 60_000); // An old one says nothing.
  assert.equal(clock.now(), noon + 5000);
});

test("a clock that is set anew is learnt anew", () => {
  let local = noon;
  const clock = new Clock(() => local);
  clock.heardDate(header(noon), noon - 10, noon);
  local = noon + 7_200_000;
  clock.heardDate(header(noon + 5000), local - 10, local);
  assert.ok(Math.abs(clock.now() - (noon + 5000)) <= 1010);
});

test("what is no time says nothing", () => {
  const clock = new Clock(() => noon);
  for (const value of [null, undefined, "", "yesterday"]) clock.heardDate(value, noon, noon);
  for (const value of [null, undefined, NaN, Infinity]) clock.heardTime(value);
  assert.equal(clock.now(), noon);
});

test("fetch is listened to and gives what it gave", async () => {
  const clock = new Clock(() => noon - 60_000);
  const answer = { headers: new Headers({ date: header(noon) }) };
  const fetch = clock.listening(async (path) => path === "/x" && answer);
  assert.equal(await fetch("/x"), answer);
  assert.ok(clock.now() >= noon && clock.now() <= noon + 1000);
});

test("a header is a whole second: what lies within it says nothing against the computer's clock", () => {
  const clock = new Clock(() => noon + 900);
  clock.heardDate(header(noon), noon + 880, noon + 900);
  assert.equal(clock.offset, 0);
});

test("small steps of a clock are no new clock: what is known stays", () => {
  let local = noon;
  const clock = new Clock(() => local);
  clock.heardTime(noon + 10_000);
  clock.heardDate(header(noon + 10_000), noon - 10, noon);
  local = noon + 59_900; // A second less has gone by than on the server.
  clock.heardDate(header(noon + 69_000), local - 10, local);
  assert.ok(clock.offset >= 10_000, `${clock.offset}`);
});
