// Accounts and owners in columns from left to right, with lines between them. Pure.

import { finite } from "./axis.js";
import { array, object } from "../core/read.js";
import { Scene } from "./scene.js";
import { clean, fit } from "./text.js";

/** More would be a tangle; the table has them all. */
export const most = 12;
const rowHeight = 58;
const boxHeight = 30;

export function drawLinks(data, width) {
  const all = array(data.nodes).map(object).map(({ id, label, layer, is_flagged: isFlagged }) =>
    ({ id: String(id ?? ""), label: clean(label, 120) || clean(id, 120), layer: finite(layer) ?? 0, isFlagged: isFlagged === true }));
  const nodes = [...new Map(all.map((node) => [node.id, node])).values()].slice(0, most);
  if (nodes.length === 0) return null;
  const layers = [...new Set(nodes.map(({ layer }) => layer))].sort((a, b) => a - b);
  const columns = layers.map((layer) => nodes.filter((node) => node.layer === layer));
  const tallest = columns.reduce((height, { length }) => Math.max(height, length), 1);
  const hidden = new Set(all.map(({ id }) => id)).size - nodes.length;
  const scene = new Scene(width, Math.max(1, tallest) * rowHeight + (hidden > 0 ? 24 : 8));
  const inset = 30; // Arcs of trades within the first column run there.
  const step = (scene.width - inset - 4) / columns.length;
  const boxWidth = Math.min(150, step - (columns.length > 1 ? Math.min(78, step * 0.42) : 8));
  const places = new Map();
  columns.forEach((members, column) => members.forEach((node, row) => {
    const x = columns.length === 1 ? scene.width / 2
      : inset + 4 + boxWidth / 2 + (scene.width - inset - boxWidth - 10) * (column / (columns.length - 1));
    places.set(node.id, { x, y: (row + 0.5) * ((tallest * rowHeight) / members.length) + 4, column, row });
  }));
  for (const { x, y } of places.values()) scene.keepFree(x - boxWidth / 2 - 1, y - boxHeight / 2 - 1, x + boxWidth / 2 + 1,
    y + boxHeight / 2 + 1);

  const labels = [];
  const arcs = new Map();
  for (const edge of array(data.edges).map(object).slice(0, 60)) {
    const [from, to] = [places.get(String(edge.from ?? "")), places.get(String(edge.to ?? ""))];
    if (!from || !to || from === to) continue;
    const text = clean(edge.label, 60);
    if (from.column === to.column) labels.push(arc(scene, from, to, boxWidth, arcs, text));
    else labels.push(straight(scene, from, to, boxWidth, text));
  }
  for (const { text, places: where, room } of labels) scene.label(text, where, "halo", room);
  for (const node of nodes) {
    const { x, y } = places.get(node.id);
    scene.add("rect", { class: node.isFlagged ? "box hot" : "box", x: x - boxWidth / 2, y: y - boxHeight / 2, width: boxWidth,
      height: boxHeight, rx: 6 });
    scene.shapes.push({ tag: "text", text: fit(node.label, boxWidth - 10), full: node.label,
      attributes: { class: "strong", x: Math.round(x * 10) / 10, y: Math.round((y + 4) * 10) / 10, "text-anchor": "middle" } });
  }
  if (hidden > 0) scene.label(`and ${hidden} more, in the table`, [{ x: scene.width - 4, y: scene.height - 8, anchor: "end" }], "strong");
  if (nodes.some(({ isFlagged }) => isFlagged)) scene.key.push({ mark: "flagged", label: "Named in the alert" });
  if (nodes.some(({ isFlagged }) => !isFlagged)) scene.key.push({ mark: "box", label: "Owner or other account" });
  return scene;
}

/** Between two columns: from edge to edge of the boxes. */
function straight(scene, from, to, boxWidth, text) {
  const side = to.x >= from.x ? 1 : -1;
  const [x1, x2] = [from.x + (side * boxWidth) / 2, to.x - (side * boxWidth) / 2];
  scene.line("edge", x1, from.y, x2, to.y);
  const room = Math.max(24, Math.abs(x2 - x1) - 4);
  const at = (share) => ({ x: x1 + (x2 - x1) * share, y: from.y + (to.y - from.y) * share - 4, anchor: "middle" });
  return { text, room, places: [at(0.5), at(0.4), at(0.6), at(0.3), at(0.7)] };
}

/** Within a column: neighbours by the straight way, others round the left, each arc in a lane of its own; an arrow shows whither. */
function arc(scene, from, to, boxWidth, arcs, text) {
  const down = to.y > from.y ? 1 : -1;
  if (Math.abs(from.row - to.row) === 1) {
    const lane = (arcs.get(`${Math.min(from.row, to.row)}`) ?? 0);
    arcs.set(`${Math.min(from.row, to.row)}`, lane + 1);
    const x = from.x + Math.max(-boxWidth / 2, Math.min(boxWidth / 2, [0, -20, 20, -40, 40][lane % 5]));
    const [y1, y2] = [from.y + (down * boxHeight) / 2, to.y - (down * boxHeight) / 2];
    scene.line("edge hot", x, y1, x, y2);
    scene.add("path", { class: "head",
      d: `M${(x - 4).toFixed(1)} ${(y2 - down * 6).toFixed(1)}L${x.toFixed(1)} ${y2.toFixed(1)}L${(x + 4).toFixed(1)} ${(y2 - down * 6).toFixed(1)}` });
    const y = (y1 + y2) / 2 + 4;
    return { text, room: boxWidth + 30, places: [{ x: x + 7, y }, { x: x - 7, y, anchor: "end" }, { x: x + 7, y: y - 10 },
      { x: x + 7, y: y + 10 }] };
  }
  const lane = arcs.get("round") ?? 0;
  arcs.set("round", lane + 1);
  const [x, y1, y2] = [from.x - boxWidth / 2, from.y + down * 6, to.y - down * 6];
  const out = Math.max(2, x - 12 - (lane % 3) * 8);
  scene.add("path", { class: "edge hot", d: `M${x.toFixed(1)} ${y1.toFixed(1)}H${out.toFixed(1)}V${y2.toFixed(1)}H${x.toFixed(1)}` });
  scene.add("path", { class: "head",
    d: `M${(x - 6).toFixed(1)} ${(y2 - 4).toFixed(1)}L${x.toFixed(1)} ${y2.toFixed(1)}L${(x - 6).toFixed(1)} ${(y2 + 4).toFixed(1)}` });
  const middle = (y1 + y2) / 2 + 4;
  return { text, room: boxWidth + 30,
    places: [0.5, 0.3, 0.7, 0.15, 0.85].map((share) => ({ x: out + 5, y: y1 + (y2 - y1) * share + 4 })).concat(
      { x: out, y: Math.max(from.y, to.y) + boxHeight / 2 + 12 }, { x: out + 5, y: middle - 12 }) };
}
