// Purchases above, sales below, on one axis of time; a line joins those that face each other. Pure.

import { apart, drawTimes, exact, finite, moment, scaleOf } from "./axis.js";
import { array, object } from "../core/read.js";
import { diamond } from "./price.js";
import { Scene } from "./scene.js";
import { clean } from "./text.js";

const mostDrawn = 60;

/** {text, pairs} as they can be drawn; also for the four numbers. */
export function pairsOf(data) {
  return array(data.pairs).map(object).map((pair) => {
    const leg = (one) => ({ at: moment(object(one).time), account: clean(object(one).account, 60), quantity: finite(object(one).quantity)
      ?? 0 });
    return { buy: leg(pair.buy), sell: leg(pair.sell), gap: finite(pair.price_gap_bp), apart: finite(pair.milliseconds) };
  }).filter(({ buy, sell }) => buy.at !== null && sell.at !== null);
}

export function drawPairs(data, width) {
  const all = pairsOf(data);
  const pairs = all.slice(0, mostDrawn);
  if (pairs.length === 0) return null;
  const scene = new Scene(width, 186);
  const [buys, sells, left, right] = [44, 126, 52, scene.width - 22];
  const x = scaleOf(pairs.flatMap(({ buy, sell }) => [buy.at, sell.at]), left + 12, right);
  scene.line("ax", left, buys, scene.width - 4, buys);
  scene.line("ax", left, sells, scene.width - 4, sells);
  scene.label("Bought", [{ x: 4, y: buys + 4 }], "strong");
  scene.label("Sold", [{ x: 4, y: sells + 4 }], "strong");
  const most = pairs.reduce((largest, { buy, sell }) => Math.max(largest, Math.abs(buy.quantity), Math.abs(sell.quantity)), 0);
  const radius = (quantity) => (most > 0 ? Math.max(3, 6.5 * Math.sqrt(Math.abs(quantity) / most)) : 4.5);
  for (const { buy, sell } of pairs) {
    scene.line("pair", x(buy.at), buys, x(sell.at), sells);
    scene.keepLineFree(x(buy.at), buys, x(sell.at), sells);
    scene.keepFree(x(buy.at) - 7, buys - 7, x(buy.at) + 7, buys + 7);
    scene.keepFree(x(sell.at) - 8, sells - 8, x(sell.at) + 8, sells + 8);
  }
  for (const { buy, sell } of pairs) {
    scene.add("circle", { class: "buy", cx: x(buy.at), cy: buys, r: radius(buy.quantity) });
    scene.add("path", { class: "sell", d: diamond(x(sell.at), sells, radius(sell.quantity) * 1.15) });
  }
  for (const { buy, sell, gap, apart: time } of pairs.slice(0, 12)) {
    const middle = (x(buy.at) + x(sell.at)) / 2;
    const name = [gap === null ? "" : `${exact(Math.round(gap * 10) / 10)} bp`, time === null ? ""
      : apart(time)].filter(Boolean).join(", ");
    scene.label(name, [0, -16, 16, -28, 28].flatMap((dy) => [10, 24, 40].flatMap((dx) => beside(middle, (buys + sells) / 2 + 4 + dy, dx))),
      "", right - left);
    scene.label(buy.account, [{ x: x(buy.at), y: buys - 12, anchor: "middle" }, { x: x(buy.at), y: buys - 27, anchor: "middle" }], "", 110);
    scene.label(sell.account, [{ x: x(sell.at), y: sells + 19, anchor: "middle" }, { x: x(sell.at), y: sells + 33, anchor: "middle" }], "",
      110);
  }
  if (all.length > pairs.length) scene.label(`the first ${pairs.length} of ${exact(all.length)} pairs`,
    [{ x: scene.width - 4, y: 12, anchor: "end" }]);
  drawTimes(scene, x, x.from, x.to, 178, left, scene.width - 4);
  scene.key.push({ mark: "buy", label: "Buy, area by quantity" }, { mark: "sell", label: "Sale" },
    { mark: "pair", label: "Pair: price gap, time between" });
  return scene;
}

function beside(x, y, distance) {
  return [{ x: x + distance, y }, { x: x - distance, y, anchor: "end" }];
}
