// A gateway with a journal, as far as a browser sees it: pages, streams with cursors, a WebSocket, commands that count once.

const encoder = new TextEncoder();

export class Gateway {
  records = [];
  tasks = new Map(); // id → {title, final}
  questions = [];
  epoch = "e1";
  happened = 0;
  who = { principal: "alex", roles: ["analyst"], credential: "session", csrf: "T0KEN" };
  isDown = false;
  /** What is to be answered in place of what would be: (path, options) → response or undefined. */
  instead = () => undefined;
  asked = [];
  streams = [];
  sockets = [];
  commands = new Map(); // id → {message, count}
  pageSize = 500;
  socketsFail = false;
  socketsHang = false;
  answersCommands = true;

  constructor(clock) {
    this.clock = clock;
    const gateway = this;
    this.WebSocket = class {
      constructor(url, protocols) {
        Object.assign(this, { url, protocols, sent: [], isClosed: false });
        gateway.sockets.push(this);
        setImmediate(() => {
          if (this.isClosed || gateway.socketsHang) return;
          if (gateway.isDown || gateway.socketsFail || gateway.who === null) this.end(1006);
          else this.say({ type: "welcome", protocol: "signalbox.v1", principal: gateway.who.principal });
        });
      }

      send(text) {
        if (this.isClosed) throw new Error("closed");
        const messages = [JSON.parse(text)].flat();
        this.sent.push(...messages);
        if (gateway.answersCommands) for (const message of messages) gateway.#take(message, this);
      }

      close() {
        this.isClosed = true;
      }

      say(...messages) {
        if (!this.isClosed) this.onmessage({ data: JSON.stringify(messages.length === 1 ? messages[0] : messages) });
      }

      end(code, reason = "") {
        if (this.isClosed) return;
        this.isClosed = true;
        this.onclose({ code, reason });
      }
    };
  }

  get socket() {
    return this.sockets.at(-1);
  }

  get openStreams() {
    return this.streams.filter(({ isOpen }) => isOpen);
  }

  get openSockets() {
    return this.sockets.filter(({ isClosed }) => !isClosed);
  }

  /** A record of a task, which is made if need be. */
  happen(task, { kind = "event", data = {} } = {}) {
    if (!this.tasks.has(task)) this.tasks.set(task, { title: task, final: false });
    const seq = this.records.filter((record) => record.task === task).length + 1;
    const record = { offset: this.records.length + 1, task, seq, time: "2026-11-21T08:00:00.000Z", kind, origin: "agent", data: { count: ++this.happened, ...data } };
    this.records.push(record);
    for (const stream of this.streams) stream.wake();
    return record;
  }

  end(task) {
    this.tasks.get(task).final = true;
  }

  /** Everybody's connections break, without a word. */
  cut() {
    for (const stream of this.openStreams) stream.fail();
    for (const socket of this.openSockets) socket.end(1006);
  }

  fetch = async (path, options = {}) => {
    this.asked.push({ path, method: options.method ?? "GET", body: options.body && JSON.parse(options.body), headers: options.headers });
    await null;
    const other = this.instead(path, options);
    if (other !== undefined) return other;
    if (this.isDown) throw new TypeError("fetch failed");
    const url = new URL(path, "https://box.test");
    if (this.who === null) return this.problem(401, "not-signed-in");
    const parts = url.pathname.split("/").slice(2).map(decodeURIComponent);
    if (parts[0] === "session") return this.json(this.who);
    if (parts[0] === "questions") return this.json({ questions: this.questions, cursor: this.#cursor() });
    if (parts[0] === "stream") return this.#stream(url, options);
    if (options.method === "POST") return this.#post(parts, JSON.parse(options.body));
    if (parts.length === 1) return this.json(this.#list(url.searchParams));
    if (!this.tasks.has(parts[1])) return this.problem(404, "not-found");
    return parts.length === 2 ? this.json(this.document(parts[1])) : this.#page(parts[1], url.searchParams);
  };

  json(document, status = 200) {
    return new Response(JSON.stringify(document), { status });
  }

  problem(status, code, rest = {}, headers = {}) {
    return new Response(JSON.stringify({ title: code, status, code, detail: `It is ${code}.`, ...rest }), { status, headers });
  }

  document(id) {
    const { title, final } = this.tasks.get(id);
    return { id, title, final, state: final ? "completed" : "working", lastSeq: this.#of(id).length, cursor: this.#cursor() };
  }

  /** Cancels and the rest: done once, however often they come. */
  command(message) {
    const known = this.commands.get(message.id);
    if (known !== undefined) {
      known.count += 1;
      return { ...known.receipt, repeated: true, ...(known.verdict === undefined ? {} : { verdict: known.verdict }) };
    }
    const receipt = { task: message.task, command: message.type, repeated: false };
    this.commands.set(message.id, { message, receipt, count: 1 });
    return receipt;
  }

  judge(id, verdict) {
    const { message } = this.commands.get(id);
    this.commands.get(id).verdict = { verdict, seq: 9 };
    this.socket.say({ type: "verdict", id, task: message.task, command: message.type, verdict, seq: 9 });
  }

  #take(message, socket) {
    if (message.type === "ping" || message.type === "questions" || message.type === "presence" || message.type === "unsubscribe") {
      setImmediate(() => socket.say({ type: "ack", id: message.id }));
      if (message.type === "presence") setImmediate(() => socket.say({ type: "presence", task: message.task, watchers: [{ principal: "alex" }] }));
      return;
    }
    const receipt = this.command(message);
    setImmediate(() => socket.say({ type: "ack", id: message.id, ...receipt }));
  }

  #post(parts, body) {
    const [, task, type] = /^([^:]*):?(.*)$/.exec(parts[1] ?? "");
    return this.json({ id: body.id, ...this.command({ ...body, task, type: type || "say", id: body.id ?? body.key }) }, 202);
  }

  #of(task) {
    return this.records.filter((record) => record.task === task);
  }

  #cursor(offset = this.records.length) {
    return `${this.epoch}.${offset}`;
  }

  #list(query) {
    const wanted = [...this.tasks.keys()].filter((id) => query.get("final") === null || !this.tasks.get(id).final);
    return { tasks: wanted.map((id) => this.document(id)), cursor: this.#cursor() };
  }

  #page(task, query) {
    const after = query.get("after");
    const [epoch, offset] = after === "earliest" ? [this.epoch, 0] : after.split(".");
    if (epoch !== this.epoch) return this.problem(410, "cursor-lost");
    const rest = this.#of(task).filter((record) => record.offset > Number(offset));
    const events = rest.slice(0, Math.min(this.pageSize, Number(query.get("limit"))));
    const complete = events.length === rest.length;
    return this.json({ events, complete, next: this.#cursor(complete ? undefined : events.at(-1).offset) });
  }

  #stream(url, { signal }) {
    const names = url.searchParams.get("tasks")?.split(",") ?? null;
    if (names !== null && names.length > 100) return this.problem(400, "too-many-tasks");
    if (names?.some((name) => !this.tasks.has(name))) return this.problem(404, "not-found");
    const after = url.searchParams.get("after");
    const [epoch, offset] = after.split(".");
    const isLost = epoch !== this.epoch || Number(offset) > this.records.length;
    const isMine = ({ task }) => names === null || names.includes(task);
    const missed = this.records.filter((record) => isMine(record) && record.offset > Number(offset)).length;
    if (!isLost && names?.every((name) => this.tasks.get(name).final) && missed === 0) return new Response(null, { status: 204 });
    const stream = new OpenStream(this, url.pathname + url.search, isMine, isLost ? this.records.length : Number(offset));
    this.streams.push(stream);
    signal.addEventListener("abort", () => stream.fail());
    stream.event("grant", { principal: this.who.principal }, "", "retry: 1500\n");
    const place = isLost ? this.#cursor() : after;
    stream.event("resume", { status: isLost ? "reset" : "continued", missed: isLost ? null : missed }, place);
    if (isLost) {
      const tasks = [...this.tasks.keys()].filter((id) => names === null || names.includes(id)).map((id) => this.document(id));
      stream.event("reset", { cursor: this.#cursor(), tasks }, place);
    }
    stream.wake();
    return { status: 200, headers: new Headers(), body: { getReader: () => ({ read: () => stream.read() }) } };
  }
}

class OpenStream {
  isOpen = true;
  isHeld = false;
  #chunks = [];
  #reading = null;
  #ending = null;

  constructor(gateway, path, isMine, offset) {
    Object.assign(this, { gateway, path, isMine, offset });
  }

  /** Sends what has happened. */
  wake() {
    if (this.isHeld || !this.isOpen) return;
    for (const record of this.gateway.records.slice(this.offset)) {
      this.offset = record.offset;
      if (this.isMine(record)) this.record(record);
    }
  }

  record(record) {
    this.text(`id: ${this.gateway.epoch}.${record.offset}\ndata: ${JSON.stringify(record)}\n\n`);
  }

  event(type, data, id = "", more = "") {
    this.text(`event: ${type}\n${more}${id === "" ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
  }

  heartbeat() {
    this.text(":\n\n");
  }

  text(text) {
    this.#chunks.push(encoder.encode(text));
    this.#pass();
  }

  finish() {
    this.#ending ??= { done: true };
    this.#pass();
  }

  fail() {
    this.isOpen = false;
    this.#chunks = [];
    this.#ending ??= { error: new TypeError("network error") };
    this.#pass();
  }

  read() {
    return new Promise((resolve, reject) => {
      this.#reading = { resolve, reject };
      this.#pass();
    });
  }

  #pass() {
    if (this.#reading === null) return;
    const { resolve, reject } = this.#reading;
    if (this.#chunks.length > 0) resolve({ done: false, value: this.#chunks.shift() });
    else if (this.#ending?.error) reject(this.#ending.error);
    else if (this.#ending) resolve({ done: true });
    else return;
    if (this.#ending && this.#chunks.length === 0) this.isOpen = false;
    this.#reading = null;
  }
}
