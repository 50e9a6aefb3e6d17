// Elements made from text only: nothing that the server says is ever read as markup.

const svgSpace = "http://www.w3.org/2000/svg";

/**
 * An element with attributes and children. A child that is no element becomes text; null, undefined and false are left out, and lists
 * are taken apart. `onclick` and the like take functions; an attribute that is null, undefined or false is left out, true is "".
 */
export function h(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/** The same for drawings. */
export function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(svgSpace, tag), attributes, children);
}

function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Gives an element this text, and leaves the page alone when it has it: what the reader has selected stays selected. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets or takes away an attribute, and leaves the page alone when it is so already. */
export function set(element, name, value) {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else {
    const text = value === true ? "" : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/**
 * Makes the children of `parent` those of `items`, in their order: elements are kept by key, so that focus, selection and what is open
 * stay. `make(item)` gives a new element, `update(element, item)` draws into one.
 */
export function list(parent, items, key, make, update = (element, item) => {}) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let next = parent.firstElementChild;
  for (const item of items) {
    const name = String(key(item));
    let element = old.get(name);
    if (element === undefined) {
      element = make(item);
      element.dataset.key = name;
    }
    old.delete(name);
    update(element, item);
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
  for (const element of old.values()) element.remove();
}

/** A copy of the drawing in a `<template>` of the page. */
export function drawing(id) {
  return document.getElementById(id).content.cloneNode(true);
}

/** Gives the element with this id these children, and leaves the page alone when they are there already. */
export function fill(id, ...children) {
  const element = document.getElementById(id);
  const next = element.cloneNode(false);
  next.append(...children);
  if (!next.isEqualNode(element)) element.replaceChildren(...next.childNodes);
}

/** The same for a text. */
export function write(id, text) {
  say(document.getElementById(id), text);
}
