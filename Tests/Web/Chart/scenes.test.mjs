import assert from "node:assert/strict";
import { test } from "node:test";
import { figuresOf, sceneOf } from "../../../web/js/chart/figure.js";
import { overlaps } from "../../../web/js/chart/scene.js";
import { widthOf } from "../../../web/js/chart/text.js";
import { task } from "./recorded.mjs";

const widths = [240, 280, 320, 376, 560, 720, 900];

/** No number that is none, nothing outside, no label on another. */
function check(scene, name) {
  for (const { tag, attributes, text, box } of scene.shapes) {
    const numbers = Object.entries(attributes).filter(([key]) => key !== "class" && key !== "text-anchor").map(([, value]) => value);
    assert.ok(!/NaN|Infinity|undefined/.test(JSON.stringify(attributes)), `${name}: ${JSON.stringify(attributes)}`);
    assert.ok(numbers.every((value) => typeof value === "string" || Number.isFinite(value)), name);
    for (const [x, y] of places(tag, attributes)) {
      assert.ok(x >= -0.2 && x <= scene.width + 0.2 && y >= -0.2 && y <= scene.height + 0.2,
        `${name}: ${tag} at ${x} ${y} of ${scene.width} ${scene.height}`);
    }
    if (box) assert.ok(box.x1 >= -2 && box.x2 <= scene.width + 2 && box.y1 >= 0 && box.y2 <= scene.height, `${name}: ${text}`);
  }
  const labels = scene.shapes.filter(({ box }) => box);
  labels.forEach((one, index) => labels.slice(index + 1).forEach((other) =>
    assert.ok(!overlaps(one.box, other.box), `${name}: “${one.text}” lies on “${other.text}”`)));
}

function places(tag, a) {
  if (tag === "line") return [[a.x1, a.y1], [a.x2, a.y2]];
  if (tag === "rect") return [[a.x, a.y], [a.x + a.width, a.y + a.height]];
  if (tag === "circle") return [[a.cx - a.r, a.cy - a.r], [a.cx + a.r, a.cy + a.r]];
  if (tag === "text") return [[a.x, a.y]];
  return [...a.d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

for (const name of ["clear-insider", "layered-wash", "market-maker"]) {
  test(`the figures of ${name} are drawn at every width`, () => {
    const figures = figuresOf(task(name));
    assert.ok(figures.length >= 2);
    for (const figure of figures) for (const width of widths) {
      const scene = sceneOf(figure, width);
      check(scene, `${name} ${figure.id} at ${width}`);
      assert.equal(scene.width, width);
      assert.ok(scene.key.length > 0);
    }
  });
}

test("what a figure says stands at its marks", () => {
  const labels = (name, id) => sceneOf(figuresOf(task(name)).find((one) => one.id === id), 376).shapes.map(({ text }) => text).join("|");
  assert.match(labels("clear-insider", "E1"), /18,500 bought at 42/);
  assert.match(labels("clear-insider", "E1"), /Velqor is to be taken over/);
  assert.match(labels("clear-insider", "E2"), /777k, 58\.9× the median/);
  assert.match(labels("market-maker", "E1"), /2 bp, 2\.5 s/);
  assert.match(labels("market-maker", "E2"), /back to 0/);
  assert.match(labels("layered-wash", "E2"), /never away from 0/);
  assert.equal(labels("layered-wash", "E3").match(/sold 8,500/g).length, 3);
});

// Values that no agent should send, from a generator with a seed.
function random(seed) {
  return () => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

const odd = [0, 0, -1, 1, 12.5, 1e9, -1e9, 1e300, -1e300, Number.NaN, Infinity, null, undefined, "7", {}, 4e15];
const names = ["", "A-1", "x".repeat(5000), "</svg><script>", "\u202Eevil\u0007", "日本語の口座の名前です", "WWWWWWWWWWWWWWWWWWWWWW", null, 7, {}];

function figureOf(type, next) {
  const any = (list) => list[Math.floor(next() * list.length)];
  const value = () => (next() < 0.4 ? any(odd) : Math.round((next() - 0.3) * 1e5) / 100);
  const time = () => (next() < 0.1 ? any(["", "never", null, 5, "0000-00-00", "9999-12-31T23:59:59Z", "-271821-04-20"])
    : new Date(1.79e12 + Math.floor(next() * 10 ** (1 + next() * 10))).toISOString());
  const day = () => (next() < 0.1 ? time() : time()?.slice?.(0, 10));
  const many = (make) => Array.from({ length: any([0, 1, 1, 2, 3, 8, 40, 150]) }, () => (next() < 0.03 ? any([null, 3, "x", []]) : make()));
  const leg = () => ({ time: time(), account: any(names), quantity: value(), price: value() });
  const data = {
    price_with_fills: () => ({ prices: many(() => ({ day: day(), close: value() })),
      news: many(() => ({ time: time(), headline: any(names) })),
      fills: many(() => ({ time: time(), side: any(["BUY", "SELL", "buy", null]), quantity: value(), price: value() })) }),
    daily_notional: () => {
      const days = many(() => ({ day: day(), amount: value() }));
      return { days, flagged: any([days[0]?.day, days.at(-1)?.day, days[Math.floor(days.length / 2)]?.day, "x", null]), median: value() };
    },
    paired_trades: () => ({ pairs: many(() => ({ buy: leg(), sell: leg(), price_gap_bp: value(), milliseconds: value() })) }),
    net_position: () => ({ points: many(() => ({ time: time(), position: value() })) }),
    account_links: () => {
      const nodes = many(() => ({ id: `n${Math.floor(next() * 30)}`, label: any(names),
        layer: any([0, 0, 1, 1, 2, 7, -3, null, Number.NaN]), is_flagged: any([true, false, 1]) }));
      const id = () => any(nodes)?.id ?? "none";
      return { nodes, edges: many(() => ({ from: id(), to: id(), label: any(names) })) };
    },
  };
  return { type, data: data[type]() };
}

for (const type of ["price_with_fills", "daily_notional", "paired_trades", "net_position", "account_links"]) {
  test(`${type} draws whatever comes`, () => {
    const next = random(20261122);
    let drawn = 0;
    for (let round = 0; round < 300; round += 1) {
      const figure = figureOf(type, next);
      const scene = sceneOf(figure, widths[round % widths.length]);
      if (scene === null) continue;
      drawn += 1;
      check(scene, `${type}, round ${round}`);
      const words = scene.shapes.map(({ text }) => text ?? "").join("");
      assert.ok(!/[\u0000-\u001f\u200b-\u200f\u202a-\u202e]/.test(words), "characters that turn the reading are shown as what they are");
    }
    assert.ok(drawn > 150, `${drawn} of 300`);
  });
}

test("nothing to draw is no drawing, and neither is a type that nobody knows", () => {
  for (const type of ["price_with_fills", "daily_notional", "paired_trades", "net_position", "account_links", "pie", "constructor"]) {
    assert.equal(sceneOf({ type, data: {} }, 376), null);
    assert.equal(sceneOf({ type, data: null }, 376), null);
  }
});

test("a diagram has twelve accounts at most, and says how many more there are", () => {
  const nodes = Array.from({ length: 15 }, (_, index) => ({ id: String(index), label: `A-${index}`, layer: index % 2 }));
  const scene = sceneOf({ type: "account_links", data: { nodes, edges: [] } }, 376);
  assert.equal(scene.shapes.filter(({ tag }) => tag === "rect").length, 12);
  assert.ok(scene.shapes.some(({ text }) => text === "and 3 more, in the table"));
});

test("the width of text is not taken for less than it is", () => {
  // Inter's own widths, of a thousand: digits 620 at most, small letters 500 to 600 in the middle.
  assert.ok(widthOf("0000000000", 10) >= 62);
  assert.ok(widthOf("average price", 10) >= 62);
});
