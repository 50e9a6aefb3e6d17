// The format of event streams (HTML, "Server-sent events"), read piece by piece. Pure.

export class EventParser {
  #line = [];
  #endedInReturn = false;
  #data = [];
  #type = "";
  #id = "";
  /** The last `retry` that was said, in milliseconds; null for none. */
  retry = null;

  /** The events that this piece of text completes: `{type, id, data}`. */
  feed(text) {
    const events = [];
    // CR LF is one end of line, also where a piece ends between the two.
    if (this.#endedInReturn && text.startsWith("\n")) text = text.slice(1);
    if (text !== "") this.#endedInReturn = text.endsWith("\r");
    let start = 0;
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
      this.#line.push(text.slice(start, index));
      start = index + end.length;
      const line = this.#line.join("");
      this.#line = [];
      if (line === "") this.#dispatch(events);
      else this.#field(line);
    }
    if (start < text.length) this.#line.push(text.slice(start));
    return events;
  }

  #dispatch(events) {
    if (this.#data.length > 0) events.push({ type: this.#type || "message", id: this.#id, data: this.#data.join("\n") });
    this.#data = [];
    this.#type = "";
  }

  #field(line) {
    const colon = line.indexOf(":");
    if (colon === 0) return; // A comment: that something came is all that it says.
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (name === "data") this.#data.push(value);
    else if (name === "event") this.#type = value;
    else if (name === "id" && !value.includes("\0")) this.#id = value;
    else if (name === "retry" && /^\d+$/.test(value)) this.retry = Number(value);
  }
}
