// A list of any length in the page, of which only the rows in view are elements. Rows keep their order, so that they are read in order.

import { range, turn } from "../core/vlist.js";
import { h } from "./dom.js";

export class VirtualRows {
  #make;
  #fill;
  #block = h("div", { class: "vrows", role: "presentation" });
  #sizer = h("div", { class: "vsizer", role: "presentation" }, this.#block);
  #rows = [];
  #now = { first: 0, last: 0 };
  #height = -1;
  #top = 0;
  view = 0;
  row = 22;
  count = 0;

  /** `make()` gives an element, `fill(element, index)` makes it that row. `attributes` are those of the element that scrolls. */
  constructor(attributes, make, fill) {
    this.element = h("div", attributes, this.#sizer);
    this.#make = make;
    this.#fill = fill;
  }

  get list() {
    return { top: this.#top, view: this.view, row: this.row, count: this.count };
  }

  /** How far it is scrolled. Kept here, because asking the page for it makes the browser lay it out. */
  get top() {
    return this.#top;
  }

  /** The reader has scrolled: where to. */
  read() {
    this.#top = this.element.scrollTop;
    return this.#top;
  }

  /** Makes the page show what is at `top`. `isNew`: what rows say may be another thing than before. */
  show(top = this.#top, isNew = false) {
    const height = this.count * this.row;
    if (height !== this.#height) {
      this.#height = height;
      this.#sizer.style.setProperty("height", `${height}px`);
    }
    if (top !== this.#top) {
      this.#top = top;
      this.element.scrollTop = top;
    }
    this.#place(isNew);
  }

  /** Goes back there after the page was scrolled by nobody. */
  restore(top) {
    this.#top = -1;
    this.show(top);
  }

  /** The element of this row, if it is in the page. */
  elementOf(index) {
    return this.#rows[index - this.#now.first];
  }

  #place(isNew) {
    const from = this.#now;
    const to = range(this.list);
    const isApart = from.last <= to.first || to.last <= from.first;
    // Rows of another place are written over where they are: moving elements takes longer than that.
    const turned = isApart ? { first: to.first, last: to.first + this.#rows.length } : from;
    const { dropFront, dropBack, addFront, addBack } = turn(turned, to);
    const free = [...this.#rows.splice(0, dropFront), ...this.#rows.splice(this.#rows.length - dropBack, dropBack)];
    // A row that goes must not take the reader's place in the page with it.
    if ((isApart ? this.#rows : free).some((row) => row.contains(document.activeElement))) this.element.focus({ preventScroll: true });
    const take = () => free.pop() ?? this.#make();
    if (isNew || isApart) this.#rows.forEach((row, place) => this.#fill(row, Math.max(turned.first, to.first) + place));
    for (let index = to.first + addFront - 1; index >= to.first && addFront > 0; index--) {
      const row = take();
      this.#fill(row, index);
      this.#block.prepend(row);
      this.#rows.unshift(row);
    }
    for (let index = to.last - addBack; index < to.last; index++) {
      const row = take();
      this.#fill(row, index);
      this.#block.append(row);
      this.#rows.push(row);
    }
    for (const row of free) row.remove();
    if (from.first !== to.first || addFront > 0) this.#block.style.setProperty("transform", `translateY(${to.first * this.row}px)`);
    this.#now = to;
  }

  /** Rows have another height now. */
  resize(row) {
    const top = Math.round((this.#top / this.row) * row);
    this.row = row;
    this.#block.style.setProperty("transform", `translateY(${this.#now.first * row}px)`);
    this.show(top);
  }
}
