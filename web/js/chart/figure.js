// Which drawing a figure gets. A type that is not known has its table alone. Pure.

import { array, object, text } from "../core/read.js";
import { drawBars } from "./bars.js";
import { drawLinks } from "./links.js";
import { drawPairs } from "./pairs.js";
import { drawPosition } from "./position.js";
import { drawPrice } from "./price.js";

const drawings = {
  price_with_fills: drawPrice, daily_notional: drawBars, paired_trades: drawPairs, net_position: drawPosition, account_links: drawLinks,
};

/** The drawing for this width in pixels, or null where there is nothing to draw. */
export function sceneOf(figure, width) {
  const draw = Object.hasOwn(drawings, figure.type) ? drawings[figure.type] : null;
  return draw === null ? null : draw(object(figure.data), width);
}

/** The figures of the artifact `figures`, each with what a reader needs of it. */
export function figuresOf(task) {
  const artifact = task.artifacts.get("figures");
  if (!artifact) return [];
  const all = array(artifact.parts).flatMap((part) => array(object(object(part).data).figures)).map(object);
  return all.slice(0, 40).map((figure, index) => ({
    id: /^[A-Za-z0-9_-]{1,20}$/.test(text(figure.id)) ? figure.id : `E${index + 1}`,
    title: text(figure.title) || "Figure", description: text(figure.description), type: text(figure.type), data: object(figure.data),
    indicators: array(figure.indicators), table: tableOf(object(figure.table)),
  }));
}

function tableOf({ columns, rows }) {
  const cell = (value) => (typeof value === "object" ? "" : String(value ?? ""));
  return { columns: array(columns).map(cell), rows: array(rows).map((row) => array(row).map(cell)) };
}
