// In place of a task that cannot be shown.

import { h } from "./dom.js";

export function gonePage(app, id, status) {
  const [title, text] = status === 403
    ? ["You may not see this task", "The gateway's policy does not let you. Ask an operator, or sign in as somebody who may."]
    : ["There is no such task", "No task of this name is kept here, or it is somebody else's. Tasks that ended long ago are removed."];
  const heading = h("h1", { tabindex: -1 }, title);
  const element = h("div", { class: "card gone" }, heading, h("p", {}, text), h("p", { class: "mono muted" }, id),
    h("div", { class: "acts" },
      h("a", { class: "button primary", href: "/" }, "All tasks"), h("a", { class: "button", href: "/new" }, "New alert")));
  app.announce(`${title}. ${text}`, "failure");
  return element;
}
