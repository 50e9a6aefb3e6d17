// Drawing once per frame, within a budget, and not while nobody looks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Frame } from "../../web/js/ui/frame.js";

function made() {
  const frames = [];
  const world = { time: 0, isHidden: false, errors: [], frames };
  world.frame = new Frame({
    request: (handler) => frames.push(handler), now: () => world.time, isHidden: () => world.isHidden, failed: (error) => world.errors.push(error),
  });
  world.next = () => frames.splice(0).forEach((handler) => handler());
  return world;
}

test("what is asked for often is drawn once", () => {
  const world = made();
  let drawn = 0;
  const draw = () => (drawn += 1);
  for (let i = 0; i < 1000; i += 1) world.frame.add(draw);
  assert.equal(world.frames.length, 1);
  world.next();
  world.next();
  assert.equal(drawn, 1);
});

test("beyond 6 ms the rest has the next frame", () => {
  const world = made();
  const drawn = [];
  for (const name of ["a", "b", "c"]) world.frame.add(() => { drawn.push(name); world.time += 4; });
  world.next();
  assert.deepEqual(drawn, ["a", "b"]);
  world.next();
  assert.deepEqual(drawn, ["a", "b", "c"]);
});

test("hidden: nothing is drawn, and all of it once when it is looked at", () => {
  const world = made();
  let drawn = 0;
  world.isHidden = true;
  world.frame.add(() => (drawn += 1));
  world.next();
  assert.equal(drawn, 0);
  world.isHidden = false;
  world.frame.shown();
  world.next();
  assert.equal(drawn, 1);
});

test("a drawing that throws is told, and the others are drawn", () => {
  const world = made();
  let drawn = 0;
  world.frame.add(() => { throw new Error("no"); });
  world.frame.add(() => (drawn += 1));
  world.next();
  assert.deepEqual([drawn, world.errors.map(({ message }) => message)], [1, ["no"]]);
});

test("what a drawing asks for has the next frame", () => {
  const world = made();
  let drawn = 0;
  const again = () => { drawn += 1; if (drawn < 3) world.frame.add(again); };
  world.frame.add(again);
  world.next();
  assert.equal(drawn, 1);
  world.next();
  assert.equal(drawn, 2);
});
