// A question to the reader before something is done, with a line to write in where a reason is wanted.

import { h, say, set } from "./dom.js";

let count = 0;

/** Shows a dialog with these children. Gives {element, close(value)} and a promise of the value; Escape gives null. */
export function dialog({ title, className = "" }, make) {
  const id = `dialog-${++count}`;
  let finish;
  const value = new Promise((resolve) => (finish = resolve));
  let given = null;
  const element = h("dialog", { class: className, "aria-labelledby": id });
  const close = (result = null) => {
    given = result;
    element.close();
  };
  element.append(h("h2", { id }, title), ...make(close));
  // What is outside of an open dialog is not read out, so that which speaks goes with it.
  const announcer = document.getElementById("announcer");
  element.addEventListener("close", () => {
    // Another one may have been opened before this is told, and has it then.
    if (element.contains(announcer)) ([...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body).append(announcer);
    element.remove();
    finish(given);
  });
  element.append(announcer);
  document.body.append(element);
  element.showModal();
  element.scrollTop = 0; // What has the focus may stand at the end.
  return { element, close, value };
}

/**
 * Asks. Gives null for no and for Escape, `{value}` for yes: what was written in the field, if there is one.
 * `field`: {label, help?, isRequired?, maxLength?, value?}.
 */
export function confirm({ title, text = "", action, keep = "Go back", danger = false, field = null }) {
  return dialog({ title }, (close) => {
    const input = field && h("textarea", {
      class: "input", id: `field-${count}`, maxlength: field.maxLength, "aria-describedby": `help-${count} wrong-${count}`, required: field.isRequired,
    }, field.value ?? "");
    const wrong = h("p", { class: "wrong", id: `wrong-${count}`, role: "alert" });
    function send(event) {
      event.preventDefault();
      const value = input ? input.value.trim() : "";
      if (isEnough(field, value)) return close({ value });
      set(input, "aria-invalid", "true");
      say(wrong, `${field.label} is needed.`);
      input.focus();
    }
    return [
      text && h("p", {}, text),
      h("form", { onsubmit: send, novalidate: true },
        input && [h("label", { for: input.id }, field.label), input, field.help && h("p", { id: `help-${count}` }, field.help)], input && wrong,
        h("div", { class: "acts" },
          h("button", { type: "button", class: "button", autofocus: !input, onclick: () => close() }, keep),
          h("button", { type: "submit", class: danger ? "button danger" : "button primary" }, action))),
    ].filter(Boolean);
  }).value;
}

function isEnough(field, value) {
  return !field?.isRequired || value !== "";
}
