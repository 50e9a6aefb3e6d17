// The line of five stations: how far the task is, without inventing a percentage.

import { hasStations, stationsOf } from "../core/station-texts.js";
import { h, list, say, set } from "./dom.js";

const spoken = { past: "done", now: "current", todo: "to come", skipped: "skipped", failed: "ended here" };

export function Stations(app) {
  const steps = h("ol");
  const element = h("section", { class: "card stations" }, steps);

  function draw(task) {
    element.hidden = !hasStations(task);
    if (element.hidden) return;
    const stations = stationsOf(task, app.clock.now());
    const current = stations.findIndex(({ state }) => state === "now");
    const reached = stations.findLastIndex(({ state }) => state !== "todo" && state !== "skipped");
    set(element, "aria-label", task.final ? "Progress, ended" : `Progress, step ${Math.max(current, reached, 0) + 1} of 5`);
    const isAsking = task.state === "input-required" || task.state === "auth-required";
    list(steps, stations, ({ name }) => name, make, (item, station) => {
      const isShown = station.state === "now" || (current < 0 && stations[Math.max(reached, 0)] === station);
      // Red is for what failed; what somebody stopped is grey.
      const look = station.state === "failed" && task.state === "canceled" ? "stopped" : station.state;
      set(item, "class", `${look}${isAsking && station.state === "now" ? " is-asking" : ""}${isShown ? " shown" : ""}`);
      set(item, "aria-current", station.state === "now" ? "step" : null);
      const [, label, state, text] = item.children;
      say(label, station.label);
      say(state, `, ${spoken[station.state]}: `);
      say(text, station.text);
    });
  }
  return { element, draw };
}

function make() {
  return h("li", {}, h("i", { "aria-hidden": "true" }), h("b"), h("span", { class: "hidden" }), h("span"));
}
