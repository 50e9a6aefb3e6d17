// The price as a line, the account's trades on it by size, and the news. Pure.

import { dayText, drawTimes, exact, finite, moment, scaleOf, short, ticks } from "./axis.js";
import { array, object } from "../core/read.js";
import { Scene } from "./scene.js";
import { clean } from "./text.js";

const endOfDay = 86_400_000 - 1;
const right = 52;

export function drawPrice(data, width) {
  const prices = array(data.prices).map(object)
    .map(({ day, close }) => ({ at: moment(day) === null ? null : moment(day) + endOfDay, price: finite(close) }))
    .filter(({ at, price }) => at !== null && price !== null).sort((a, b) => a.at - b.at);
  const fills = array(data.fills).map(object)
    .map(({ time, side, quantity, price }) => ({ at: moment(time), isBuy: side === "buy" || side === "BUY", quantity: finite(quantity) ?? 0,
      price: finite(price) }))
    .filter(({ at, price }) => at !== null && price !== null).sort((a, b) => a.at - b.at);
  const news = array(data.news).map(object).map(({ time, headline }) => ({ at: moment(time), headline: clean(headline, 90) }))
    .filter(({ at }) => at !== null).sort((a, b) => a.at - b.at);
  const scene = new Scene(width, 190);
  const [top, bottom] = [34, 158];
  const times = [...prices, ...fills, ...news].map(({ at }) => at);
  if (times.length === 0) return null;
  const x = scaleOf(times, 8, scene.width - right);
  const y = scaleOf([...prices, ...fills].map(({ price }) => price), bottom - 8, top + 8);

  const event = fills.length > 0 ? news.find(({ at }) => at > fills[0].at) : undefined;
  if (event) {
    const start = x(fills[0].at);
    scene.add("rect", { class: "win", x: start, y: top, width: Math.max(2, x(event.at) - start), height: bottom - top });
  }
  const marks = y.to > y.from ? ticks(y.from, y.to, 4) : [y.from];
  for (const mark of prices.length + fills.length > 0 ? marks : []) {
    scene.line("ax", 4, y(mark), scene.width - right + 6, y(mark));
    scene.label(short(mark), [{ x: scene.width - right + 10, y: y(mark) + 4 }], "", right - 10);
  }
  scene.line("ax base", 4, bottom, scene.width - right + 6, bottom);
  scene.path("px", prices.map(({ at, price }) => [x(at), y(price)]));
  drawNews(scene, news, event, x, top, bottom);
  drawTimes(scene, x, x.from, x.to, bottom + 18, 4, scene.width - right + 6);
  scene.keepFree(0, bottom, scene.width, scene.height);
  drawFills(scene, fills, prices, x, y, event);

  if (prices.length > 0) scene.key.push({ mark: "line", label: "Close of the day" });
  if (fills.some(({ isBuy }) => isBuy)) scene.key.push({ mark: "buy", label: "Buy, area by quantity" });
  if (fills.some(({ isBuy }) => !isBuy)) scene.key.push({ mark: "sell", label: "Sale, area by quantity" });
  if (news.length > 0) scene.key.push({ mark: "news", label: "News" });
  if (event) scene.key.push({ mark: "window", label: "From the first trade to the news" });
  return scene;
}

/** The news behind the trades has its headline; the others have room for a number at most. */
function drawNews(scene, news, event, x, top, bottom) {
  for (const item of news.slice(0, 40)) scene.line(item === event ? "news main" : "news", x(item.at), item === event ? 14 : top,
    x(item.at), bottom);
  const shown = event ? [event, ...news.filter((item) => item !== event)] : news;
  for (const item of shown.slice(0, 12)) {
    const place = x(item.at);
    const isRight = place > scene.width / 2;
    const room = isRight ? place - 8 : scene.width - place - 8;
    const side = isRight ? { x: place - 5, anchor: "end" } : { x: place + 5 };
    const headline = item.headline || "News";
    if (item === event) {
      scene.label(headline, [{ ...side, y: 12 }], "strong", room);
      scene.label(`published ${dayText(item.at)} ${new Date(item.at).toISOString().slice(11, 16)} UTC`, [{ ...side, y: 26 }], "", room);
    } else {
      scene.label(`N${news.indexOf(item) + 1}`, [{ x: place, y: top - 4, anchor: "middle" }, { x: place, y: 12, anchor: "middle" }]);
    }
  }
}

function drawFills(scene, fills, prices, x, y, event) {
  const most = fills.reduce((largest, { quantity }) => Math.max(largest, Math.abs(quantity)), 0);
  for (const { at, isBuy, quantity, price } of fills.slice(0, 400)) {
    const radius = most > 0 ? Math.max(2.5, 6.5 * Math.sqrt(Math.abs(quantity) / most)) : 4;
    const [cx, cy] = [x(at), y(price)];
    // A sale is a square on its corner: colour alone would not tell.
    if (isBuy) scene.add("circle", { class: "buy", cx, cy, r: radius });
    else scene.add("path", { class: "sell", d: diamond(cx, cy, radius * 1.15) });
    scene.keepFree(cx - radius, cy - radius, cx + radius, cy + radius);
  }
  if (fills.length === 0) return;
  // Labels keep off the line, as far as it goes between two closes.
  prices.slice(1).forEach(({ at, price }, index) =>
    scene.keepLineFree(x(prices[index].at), y(prices[index].price), x(at), y(price)));
  const before = event ? fills.filter(({ at }) => at <= event.at) : fills;
  const isOneSide = before.every(({ isBuy }) => isBuy === before[0].isBuy);
  const total = before.reduce((sum, { quantity }) => sum + quantity, 0);
  const value = before.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  const words = isOneSide ? `${exact(total)} ${before[0].isBuy ? "bought" : "sold"}` : `${before.length} trades`;
  const more = total !== 0 && isOneSide ? `${before.length > 1 ? "average " : "at "}${exact(Math.round(value / total * 100) / 100)}` : "";
  const [px, py] = [x(before[0].at), y(before[0].price)];
  const line = more === "" ? words : `${words} ${more}`;
  const places = [-14, 22, -28, 36, -42, 50, -56].flatMap((dy) => [
    { x: px - 10, y: py + dy, anchor: "end" }, { x: px + 10, y: py + dy }, { x: px, y: py + dy, anchor: "middle" },
  ]);
  if (!scene.label(line, places, "strong", scene.width - right - 8)) scene.label(words, places, "strong");
}

export function diamond(x, y, r) {
  const at = (dx, dy) => `${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`;
  return `M${at(0, -r)}L${at(r, 0)}L${at(0, r)}L${at(-r, 0)}Z`;
}
