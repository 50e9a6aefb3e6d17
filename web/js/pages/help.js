// Keys and legend.

import { h } from "../ui/dom.js";
import { helpCards } from "../ui/help.js";

export function open(app, root) {
  root.append(h("div", { class: "head" }, h("h1", {}, "Keys and legend")), h("div", { class: "help" }, helpCards()));
  return { title: () => "Keys and legend", close() {} };
}
