// The records of a task as a list of lines: follows the end until the reader looks back, finds records by number, filters. The event log
// and the Raw view are two of these, which differ in what a line says.

import { atFirst, latestText, next, shown } from "../core/follow.js";
import { number } from "../core/format.js";
import { Lines } from "../core/lines.js";
import { areOthers, recordAt } from "../core/older.js";
import { anchored, bottom, centred, isAtEnd, revealed, seen } from "../core/vlist.js";
import { h, say, set } from "./dom.js";
import { Gestures } from "./list-gestures.js";
import { OlderReader } from "./older-reader.js";
import { onPaper } from "./paper.js";
import { RecordDetail } from "./record-detail.js";
import { RecordFilter } from "./record-filter.js";
import { fillRow, makeRow } from "./record-row.js";
import { VirtualRows } from "./virtual-rows.js";

const phone = matchMedia("(max-width: 720px)");
const mostOnPaper = 500;
let lists = 0;

export class RecordList {
  #app;
  #id;
  #lineOf;
  #anew;
  #isAnew = false;
  #hasDetailText;
  #rows;
  #lines = new Lines();
  #follow = atFirst;
  #records = [];
  /** The last that were not none, by which other ones are told from fewer ones. */
  #compared = [];
  #newest;
  #isFinal = false;
  #drawn = -Infinity;
  #timer = null;
  #opened;
  #known = 0;
  #older;
  #detail;
  #filter;
  #marked = null;
  #wanted = null;
  /** The row that the arrow keys go from. */
  #active = null;
  /** The row that is kept in the middle until the reader scrolls. */
  #centre = null;
  #parts;
  #gestures;
  /** While the page is printed: where the list stood before. */
  #before = null;
  #ends = [];

  /**
   * `lineOf(record)` gives {tone, text} of a record, `textOf(record)` what is searched. `hasDetailText`: whether the text is shown again
   * above the record that was chosen; `anew()` is the line where a history ends that is no more.
   * `id`: of the task; `seq`: of the record that the page's address names, if it does.
   * @param {any} app
   * @param {{id: string, seq?: string}} place
   * @param {any} options
   */
  constructor(app, { id, seq }, { title, kinds, lineOf, textOf = (record) => lineOf(record).text, hasDetailText = true, anew = null }) {
    const heading = `records-${++lists}`;
    this.#app = app;
    this.#opened = new Date(app.clock.now()).toISOString();
    this.#id = id;
    this.#lineOf = lineOf;
    this.#anew = anew;
    this.#hasDetailText = hasDetailText;
    this.#rows = new VirtualRows(
      { class: "log-rows", role: "log", "aria-live": "off", "aria-labelledby": heading, tabindex: 0 },
      () => makeRow(app, { link: (seq) => this.#link(seq), choose: (seq) => this.#choose(seq) }),
      (row, index) => this.#fill(row, index));
    this.#older = new OlderReader(app, id, () => app.draw(this.#redraw));
    this.#detail = RecordDetail(app, { link: (seq) => this.#link(seq), closed: () => this.#closeDetail() });
    this.#filter = RecordFilter({
      kinds, lineOf, textOf, older: this.#older, changed: () => this.#filtered(),
      memory: () => ({ records: this.#records, own: this.#lines.said(0, Infinity) }),
    });
    const count = h("span", { class: "muted", "data-count": title.toLowerCase() });
    const status = h("span", { class: "log-status" }, h("span", { class: "lamp", "aria-hidden": "true" }), h("span", {}));
    const pause = h("button", { type: "button", class: "link", onclick: () => this.#pause() }, "Pause");
    const latest = h("button", { type: "button", class: "button small log-latest", hidden: true, onclick: () => this.#toLatest(true) });
    const note = h("p", { class: "log-note muted", hidden: true });
    this.#parts = { count, status, pause, latest, note };
    this.element = h("section", { class: "card log", "aria-labelledby": heading },
      h("header", {}, h("h2", { id: heading }, title), count, this.#filter.button, h("span", { class: "log-follow" }, status, pause)),
      this.#filter.element, note,
      h("div", { class: "log-body" }, this.#rows.element, latest),
      this.#detail.element);
    this.#listen();
    if (seq !== undefined) this.show(Number(seq));
  }

  /** A part of the task page: draws what has come since the last time. A replay shows fewer of the same records for a while. */
  draw(task, records) {
    const last = records.at(-1);
    if (last !== undefined && areOthers(this.#compared, records)) this.#begin();
    const before = this.#newest?.seq ?? 0;
    this.#newest = last;
    this.#records = records;
    this.#isFinal = task.final;
    if (last !== undefined) this.#compared = records;
    if ((last?.seq ?? 0) < before) this.#filter.begin();
    else this.#take(before);
    if (this.#isAnew && last !== undefined) {
      this.#isAnew = false;
      this.say(this.#anew());
    }
    if ((last?.seq ?? 0) !== before) this.#drawSoon();
    else this.#drawStatus();
  }

  /** Goes to this record, marks it and shows it in full, as soon as it is there. */
  show(seq) {
    if (!Number.isSafeInteger(seq) || seq < 1) return;
    this.#wanted = seq;
    this.#follow = next(this.#follow, { type: "shown" });
    this.#filter.clear();
    this.#app.draw(this.#redraw);
  }

  /** The page itself has something to say, between what came before and what comes. */
  say(line) {
    const own = this.#lines.say(line, this.#newest?.seq ?? 0);
    this.#filter.said(own);
    this.#came();
  }

  /** Keys of the page: f, End and /. */
  key(key) {
    if (key === "/") this.#filter.open();
    else if (key === "f") this.#follow.isOn ? this.#pause() : this.#toLatest(false);
    else if (key === "End") this.#toLatest(false);
    else return false;
    return true;
  }

  close() {
    clearTimeout(this.#timer);
    for (const end of this.#ends) end();
  }

  // ---- What came

  #take(before) {
    let at = this.#records.length;
    while (at > 0 && this.#records[at - 1].seq > before) at--;
    for (; at < this.#records.length; at++) {
      const record = this.#records[at];
      this.#older.pages.mark(record);
      this.#filter.came(record);
      if (record.time <= this.#opened) this.#known = record.seq;
    }
  }

  // Nobody reads a thousand lines a second: more often than this they are not drawn.
  #drawSoon() {
    const wait = this.#drawn + 80 - performance.now();
    if (this.#timer !== null) return;
    if (wait > 0) return (this.#timer = setTimeout(() => this.#app.draw(this.#drawNow), wait));
    this.#drawNow();
  }

  #drawNow = () => {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#drawn = performance.now();
    this.#came();
    this.#drawStatus();
  };

  #begin() {
    this.#newest = undefined;
    this.#records = [];
    this.#lines.clear();
    this.#older.clear();
    this.#filter.begin();
    this.#closeDetail();
    this.#follow = { ...atFirst, isOn: this.#follow.isOn };
    this.#known = 0;
    this.#isAnew = this.#anew !== null;
  }

  #came() {
    const last = this.#newest?.seq ?? 0;
    this.#follow = next(this.#follow, { type: "came", last, known: this.#known });
    this.#lines.last = shown(this.#follow, last);
    this.#lines.only(this.#filter.found(this.#lines.last));
    this.#rows.count = this.#lines.count;
    this.#goToWanted();
    this.#rows.show(this.#follow.isOn ? bottom(this.#rows.list) : this.#rows.top);
  }

  #redraw = () => {
    this.#came();
    this.#rows.show(this.#rows.top, true);
    this.#drawStatus();
  };

  #goToWanted() {
    const seq = this.#wanted;
    if (seq === null || seq > this.#lines.last) return;
    const record = this.#get(seq);
    this.#marked = seq;
    this.#centre = this.#active = this.#lines.indexOf(seq);
    this.#rows.show(centred(this.#rows.list, this.#active), true);
    if (record === undefined) return;
    this.#wanted = null;
    this.#open(record);
    this.element.scrollIntoView({ block: "nearest" });
  }

  #get(seq) {
    const record = recordAt(this.#records, seq) ?? this.#older.pages.get(seq) ?? this.#filter.get(seq);
    if (record === undefined) this.#older.want(seq);
    return record;
  }

  // ---- Filtering

  #filtered() {
    const { first } = seen(this.#rows.list);
    const kept = this.#lines.count > 0 ? this.#lines.at(Math.min(first, this.#lines.count - 1)) : null;
    const seq = kept === null ? 1 : kept.seq ?? kept.after;
    this.#lines.only(this.#filter.found(this.#lines.last));
    this.#rows.count = this.#lines.count;
    this.#active = null;
    const list = { ...this.#rows.list, top: 0 };
    this.#rows.show(this.#follow.isOn ? bottom(list) : anchored(list, 0, this.#lines.indexOf(seq)), true);
    this.#drawStatus();
  }

  // ---- Following

  #pause() {
    this.#change({ type: "pause", last: this.#newest?.seq ?? 0 });
  }

  #toLatest(focusesRows) {
    this.#change({ type: "latest", last: this.#newest?.seq ?? 0 });
    if (focusesRows) this.#rows.element.focus({ preventScroll: true });
  }

  #change(event) {
    this.#follow = next(this.#follow, event);
    this.#came();
    this.#drawStatus();
  }

  #back() {
    this.#change({ type: "up", canScroll: bottom(this.#rows.list) > 0 });
  }

  #scrolled() {
    const before = this.#rows.top;
    const now = this.#rows.read();
    if (Math.abs(now - before) < 1) return;
    // A list that is moved to another place of the page begins at its top again: nobody asked for that.
    if (now === 0 && this.#gestures.idle > 1500) return this.#rows.restore(before);
    this.#centre = null;
    this.#wanted = null;
    const list = this.#rows.list;
    const at = this.#lines.count > 0 ? this.#lines.at(Math.max(0, Math.min(seen(list).last, this.#lines.count - 1))) : { after: 0 };
    const wasOn = this.#follow.isOn;
    this.#follow = next(this.#follow, { type: "scrolled", isUp: now < before, isAtEnd: isAtEnd(list), seen: at.seq ?? at.after });
    this.#rows.show(now);
    if (wasOn !== this.#follow.isOn || !wasOn) this.#app.draw(this.#drawStatus);
  }

  #drawStatus = () => {
    const { count, status, pause, latest, note } = this.#parts;
    const last = this.#newest?.seq ?? 0;
    const { isOn, pausedAt } = this.#follow;
    const isAway = !isOn && (pausedAt !== null || !isAtEnd(this.#rows.list));
    say(count, this.#filter.isOn ? `${number(this.#lines.count)} of ${number(last)}` : number(last));
    const word = this.#isFinal && !isAway ? "" : isOn ? "Following" : pausedAt === null ? "Not following" : "Paused";
    say(status.lastElementChild, word);
    set(status, "data-on", isOn);
    status.hidden = word === "";
    pause.hidden = !isOn || this.#isFinal;
    latest.hidden = !isAway;
    say(latest, latestText(this.#follow, last));
    const isMissing = this.#wanted !== null && last > 0;
    const isEmpty = this.#filter.isOn && this.#lines.count === 0;
    const isPart = this.#before !== null && this.#lines.count > mostOnPaper;
    const words = isPart ? `The newest ${mostOnPaper} of them.` : this.#filter.note()
      || (isMissing ? `Event ${number(this.#wanted)} is not here yet.` : isEmpty ? "Nothing fits." : "");
    say(note, words);
    note.hidden = words === "";
  };

  // ---- Rows

  #link(seq) {
    return `/tasks/${encodeURIComponent(this.#id)}/events/${seq}`;
  }

  #fill(row, index) {
    const item = this.#lines.at(index);
    const seq = item.seq ?? null;
    const record = seq === null ? null : this.#get(seq);
    fillRow(row, {
      seq,
      time: record?.time ?? "",
      line: record === null ? item.line : record === undefined ? this.#lineWithout(seq) : this.#lineOf(record),
      href: seq === null ? null : this.#link(seq),
      isMarked: seq !== null && seq === this.#marked,
      isActive: index === this.#active,
    });
  }

  #lineWithout(seq) {
    return this.#older.pages.isGone(seq) ? { tone: "warn", text: "No longer stored" } : { tone: "loading", text: "Loading" };
  }

  #choose(seq) {
    const record = this.#get(seq);
    if (record === undefined) return;
    if (this.#detail.seq === seq) return this.#closeDetail();
    this.#active = this.#lines.indexOf(seq);
    history.replaceState(history.state, "", this.#link(seq));
    this.#marked = seq;
    this.#open(record);
    this.#rows.show(this.#rows.top, true);
  }

  #open(record) {
    this.#detail.open(record, this.#hasDetailText ? this.#lineOf(record).text : "");
  }

  #closeDetail() {
    this.#detail.hide();
    this.#marked = null;
    this.#rows.show(this.#rows.top, true);
    if (this.#active !== null) this.#focus(this.#active);
    if (/\/events\/\d+$/.test(location.pathname)) history.replaceState(history.state, "", `/tasks/${encodeURIComponent(this.#id)}`);
  }

  #focus(index) {
    this.#rows.elementOf(index)?.parts.anchor.focus({ preventScroll: true });
  }

  #arrow(step) {
    const list = this.#rows.list;
    const { first, last } = seen(list);
    const isInView = this.#active !== null && this.#active >= first - 1 && this.#active <= last + 1;
    const index = isInView ? this.#active + step : step < 0 ? last : first;
    this.#active = Math.max(0, Math.min(this.#lines.count - 1, index));
    this.#rows.show(revealed(list, this.#active), true);
    this.#focus(this.#active);
  }

  /** What is printed has the newest rows, which are elements for that long. */
  #print(isOn) {
    const { list } = this.#rows;
    this.#rows.view = isOn ? Math.min(list.count, mostOnPaper) * list.row : this.#rows.element.clientHeight;
    this.#rows.show(isOn || this.#follow.isOn ? bottom(this.#rows.list) : this.#before);
    this.#before = isOn ? list.top : null;
    this.#drawStatus();
  }

  #listen() {
    const { element } = this.#rows;
    this.#gestures = Gestures(element, {
      scrolled: () => this.#scrolled(), back: () => this.#back(), end: () => this.#toLatest(false), arrow: (step) => this.#arrow(step),
    });
    const sized = new ResizeObserver(([{ contentRect }]) => {
      this.#rows.view = contentRect.height;
      const { list, top } = this.#rows;
      this.#rows.show(this.#follow.isOn ? bottom(list) : this.#centre === null ? top : centred(list, this.#centre));
      this.#app.draw(this.#drawStatus);
    });
    sized.observe(element);
    const heights = () => this.#rows.resize(phone.matches ? 44 : 24);
    heights();
    phone.addEventListener("change", heights);
    this.#ends.push(onPaper((isOn) => this.#print(isOn)), () => sized.disconnect(), () => phone.removeEventListener("change", heights),
      () => this.#filter.close());
  }
}
