// The four numbers of a case, each taken from the evidence or from a figure's data, never worked out anew from prose. Pure.

import { apart, exact, finite, moment, short } from "../chart/axis.js";
import { pairsOf } from "../chart/pairs.js";
import { pointsOf } from "../chart/position.js";
import { array, numberOrNull, object, text } from "./read.js";

/** {label, value, source}, four of them, or none for a kind of case that is not known. A number that nobody said is "–". */
export function kpisOf(decision, figures) {
  const kind = text(decision?.alert_type);
  const has = (type) => figures.some((figure) => figure.type === type);
  if (kind === "INSIDER_TRADING" || (kind === "" && has("price_with_fills"))) return insider(decision, figures);
  if (/WASH/.test(kind) || (kind === "" && has("paired_trades"))) return wash(decision, figures);
  return [];
}

const none = (label) => ({ label, value: "–", source: "Not said by the decision" });

/** The first of these indicators that has this input. */
function input(decision, indicators, name) {
  for (const indicator of indicators) {
    const item = array(decision?.evidence).map(object).find((one) => one.indicator === indicator);
    const found = array(item?.inputs).map(object).find((one) => one.name === name);
    const value = numberOrNull(found?.value);
    if (value !== null) return { value, item, source: `${indicator}, ${name}` };
  }
  return null;
}

const figureOf = (figures, type) => figures.find((figure) => figure.type === type);

function insider(decision, figures) {
  const figure = figureOf(figures, "price_with_fills");
  const fills = array(figure?.data.fills).map(object);
  const sides = new Set(fills.map(({ side }) => text(side).toUpperCase()));
  const label = sides.size !== 1 ? "Traded" : sides.has("SELL") ? "Sold" : "Bought";
  return [quantity(decision, figure, fills, label), before(decision, figure, fills), move(decision), gain(decision)];
}

function quantity(decision, figure, fills, label) {
  const said = input(decision, ["I4", "M3", "I9"], "quantity");
  if (said) return { label, value: size(said.value), source: said.source };
  const known = fills.map((fill) => finite(fill.quantity)).filter((one) => one !== null);
  return known.length === 0 ? none(label) : { label, value: size(known.reduce((a, b) => a + b, 0)),
    source: `${figure.id}, sum of the trades` };
}

function before(decision, figure, fills) {
  const label = "Before news";
  const said = input(decision, ["I7"], "hours to the event");
  if (said) return { label, value: apart(said.value * 3_600_000), source: said.source };
  const first = fills.map(({ time }) => moment(time)).filter((at) => at !== null).sort((a, b) => a - b)[0];
  const news = array(figure?.data.news).map((one) => moment(object(one).time)).filter((at) => at !== null
    && at > first).sort((a, b) => a - b)[0];
  return news === undefined ? none(label) : { label, value: apart(news - first), source: `${figure.id}, first trade to the next news` };
}

function move(decision) {
  const said = input(decision, ["I8", "M8"], "abnormal return in percent");
  if (!said) return none("Price move");
  const value = Math.round(said.value * 10) / 10;
  return { label: "Price move", value: `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value).toFixed(1)}%`,
    source: `${said.source}, beyond the index` };
}

function gain(decision) {
  const said = input(decision, ["I9"], "amount");
  if (!said) return none("Gain");
  const statement = text(said.item.statement);
  const currency = /\d ([A-Z]{3})\b/.exec(statement)?.[1] ?? "";
  const label = /avoided/.test(statement) ? "Loss avoided" : "Gain";
  return { label, value: `${short(said.value)}${currency && ` ${currency}`}`, source: said.source };
}

function wash(decision, figures) {
  const figure = figureOf(figures, "paired_trades");
  const pairs = figure ? pairsOf(figure.data) : [];
  const least = (values) => values.filter((value) => value !== null).reduce((a, b) => (a === null || b < a ? b : a), null);
  const time = least(pairs.map((pair) => pair.apart));
  const price = least(pairs.map(({ gap }) => gap));
  const saidTime = input(decision, ["W5", "X4"], "milliseconds");
  const saidPrice = input(decision, ["W4", "X6"], "price gap in basis points");
  return [
    figure ? { label: "Pairs", value: exact(pairs.length), source: figure.id } : none("Pairs"),
    time !== null ? { label: "Shortest gap", value: apart(time), source: `${figure.id}, least of the pairs` }
      : saidTime ? { label: "Time between", value: apart(saidTime.value), source: saidTime.source } : none("Shortest gap"),
    saidPrice ? { label: "Price gap", value: `${exact(saidPrice.value)} bp`, source: saidPrice.source }
      : price !== null ? { label: "Price gap", value: `${exact(price)} bp`, source: `${figure.id}, least of the pairs` }
        : none("Price gap"),
    net(decision, figures),
  ];
}

function net(decision, figures) {
  const figure = figureOf(figures, "net_position");
  const last = figure ? pointsOf(figure.data).at(-1) : undefined;
  if (last) return { label: "Net position", value: size(last.position), source: `${figure.id}, behind the last trade` };
  const [bought, sold] = ["bought", "sold"].map((name) => input(decision, ["W3", "X5"], name));
  return bought && sold ? { label: "Net position", value: size(bought.value - sold.value), source: `${bought.source} less sold` }
    : none("Net position");
}

const size = (value) => (Math.abs(value) < 1e6 ? exact(value) : short(value));
