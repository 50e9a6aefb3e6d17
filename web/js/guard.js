// Runs before the modules, in any browser: says so when they cannot.
(function () {
  var wants = "noModule" in document.createElement("script") && "fetch" in window && "ReadableStream" in window &&
    "replaceChildren" in document.documentElement;
  function tell(title, text) {
    var root = document.getElementById("main");
    if (!root || document.documentElement.hasAttribute("data-started")) return;
    root.textContent = "";
    var card = root.appendChild(document.createElement("section"));
    card.className = "card trouble";
    card.appendChild(document.createElement("h1")).textContent = title;
    card.appendChild(document.createElement("p")).textContent = text;
  }
  // A module that cannot be had says so at its own script only, which does not bubble.
  addEventListener("error", function (event) {
    if (event.target && event.target.tagName === "SCRIPT") {
      tell("The page could not be loaded", "Streaming component failed to load. Please refresh the page.");
    }
  }, true);
  addEventListener("DOMContentLoaded", function () {
    if (!wants) tell("This browser is too old", "Your browser does not support real-time streaming. Please use a modern browser.");
  });
})();
