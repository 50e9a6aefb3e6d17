// The controls of a question's form, made once: what somebody types is never taken away by a redraw.

import { h, say, set } from "./dom.js";

/** `{element, typed(), unfinished(), fill(values), show(errors), focus(name), lock(isLocked)}`; `changed()` is called at each input. */
export function QuestionForm(model, prefix, changed) {
  const fields = model.map((field, index) => fieldOf(field, `${prefix}-${index}`));
  const element = h("div", { class: "fields", oninput: changed, onchange: changed }, fields.map((field) => field.element));
  const named = (name) => fields.find((field) => field.name === name);
  return {
    element,
    typed: () => Object.fromEntries(fields.map(({ name, get }) => [name, get()])),
    unfinished: () => new Set(fields.filter(({ isUnfinished }) => isUnfinished()).map(({ name }) => name)),
    fill(values) {
      for (const { name, put } of fields) if (Object.hasOwn(values, name)) put(values[name]);
    },
    /** Errors by name of field, each under its own. Gives the first field that has one. */
    show(errors) {
      for (const field of fields) field.error(errors[field.name] ?? "");
      return fields.find(({ name }) => errors[name])?.name ?? null;
    },
    focus: (name) => (named(name) ?? fields[0])?.first.focus(),
    lock(isLocked) {
      for (const { controls } of fields) for (const control of controls) control.disabled = isLocked;
    },
  };
}

function fieldOf(field, id) {
  const { name, label, control, isRequired, unit, help, raw } = field;
  const suffix = [control === "datetime" ? "UTC" : "", unit, isRequired ? "" : "optional"].filter(Boolean).join(", ");
  const title = [label, suffix && h("small", {}, ` ${suffix}`)];
  const hint = h("p", { class: "hint", id: `${id}-hint`, hidden: help === "" }, help);
  const wrong = h("p", { class: "wrong", id: `${id}-error`, hidden: true });
  const rest = [hint, wrong, raw && h("pre", { class: "raw-schema mono" }, raw)];
  const describedBy = (hasError) => [help && hint.id, hasError && wrong.id].filter(Boolean).join(" ") || null;
  const isGroup = control === "radios" || control === "checks";
  const made = isGroup ? group(field, id) : single(field, id);
  const element = isGroup
    ? h("fieldset", { class: "field", role: control === "radios" ? "radiogroup" : null }, h("legend", {}, title), made.element, rest)
    : h("div", { class: "field" }, h("label", { for: id }, title), made.element, rest);
  const marked = isGroup ? [element] : made.controls;
  for (const one of marked) {
    if (isRequired && control !== "checks") set(one, "aria-required", "true");
    set(one, "aria-describedby", describedBy(false));
  }
  made.put(field.initial);
  return {
    ...made, name, element, first: made.controls[0],
    isUnfinished: () => made.controls.some((one) => one.validity.badInput),
    error(text) {
      say(wrong, text);
      wrong.hidden = text === "";
      for (const one of marked) {
        // Groups of boxes know no aria-invalid; their text says it.
        if (control !== "checks") set(one, "aria-invalid", text ? "true" : null);
        set(one, "aria-describedby", describedBy(text !== ""));
      }
    },
  };
}

function group({ control, options }, id) {
  const type = control === "radios" ? "radio" : "checkbox";
  const boxes = options.map(({ value }) => /** @type {HTMLInputElement} */ (h("input", { type, name: id, value })));
  const isShort = options.length <= 3 && options.every(({ label }) => label.length <= 12);
  const element = h("div", { class: isShort ? "opts row-of" : "opts" },
    options.map(({ label }, index) => h("label", { class: "opt" }, boxes[index], h("span", {}, label))));
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  return {
    element, controls: boxes,
    get: () => (type === "radio" ? chosen()[0] ?? "" : chosen()),
    put: (value) => boxes.forEach((box) => (box.checked = [value].flat().includes(box.value))),
  };
}

function single({ control, options, type }, id) {
  const input = /** @type {HTMLInputElement} */ (controlOf(control, options, type, id));
  return {
    element: input, controls: [input],
    get: () => input.value,
    put: (value) => (input.value = value),
  };
}

function controlOf(control, options, type, id) {
  const common = { id, class: "inp", autocomplete: "off" };
  switch (control) {
    case "select":
      return h("select", common, h("option", { value: "" }, "Choose…"), options.map(({ value, label }) => h("option", { value }, label)));
    case "textarea": return h("textarea", { ...common, rows: 3 });
    case "date": return h("input", { ...common, type: "date" });
    case "datetime": return h("input", { ...common, type: "datetime-local" });
    default: {
      const inputmode = { integer: "numeric", decimal: "decimal", money: "decimal" }[type];
      const placeholder = type === "duration" ? "1 h 30 m" : null;
      return h("input", { ...common, type: "text", inputmode, placeholder });
    }
  }
}
