// Asks for a reason, in a dialog: what was written stays when sending fails.

import { h, set } from "./dom.js";

/** Gives the reason, or null where nothing is to be done. `draft`: what was written the last time. */
export function askWhy({ title, text, yes, label, draft = "", most = 500 }) {
  return new Promise((resolve) => {
    const field = h("textarea", { id: "why-field", class: "inp", rows: 4, maxlength: most, "aria-describedby": "why-hint why-error",
      autofocus: true });
    const error = h("p", { id: "why-error", class: "field-error", role: "alert" });
    field.value = draft;
    const dialog = h("dialog", { class: "dialog why-dialog", "aria-labelledby": "why-title", "aria-describedby": "why-text" },
      h("form", { method: "dialog", novalidate: true, onsubmit: check },
        h("h2", { id: "why-title" }, title), h("p", { id: "why-text" }, text),
        h("label", { for: "why-field" }, label), field,
        h("p", { id: "why-hint", class: "muted" }, `Up to ${most} characters. It is kept with the task.`), error,
        h("div", { class: "acts" },
          h("button", { type: "button", class: "button", onclick: () => dialog.close("no") }, "Go back"),
          h("button", { class: "button primary", value: "yes" }, yes))));
    function check(event) {
      if (reasonOf(field.value) !== "") return;
      event.preventDefault();
      error.textContent = "A reason is needed.";
      set(field, "aria-invalid", "true");
      field.focus();
    }
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? reasonOf(field.value) : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Lines become one: the record takes no control characters. */
function reasonOf(value) {
  return value.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ").trim();
}
