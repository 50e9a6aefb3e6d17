// Elements made from text only: nothing that the server says is ever read as markup.

/** An element with attributes and children; a child that is not an element becomes text. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
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

/** The same for a text. A refresh that changes nothing keeps what the reader has selected. */
export function write(id, text) {
  const element = document.getElementById(id);
  if (element.textContent !== text) element.textContent = text;
}
