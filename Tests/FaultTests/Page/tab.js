// One tab of several: it uses the connection of the pages as any page would, and keeps what it hears. The test asks it, in here.

const { without = "" } = Object.fromEntries(new URLSearchParams(location.search));

// As in a browser that does not have them. Before any module of the pages is loaded.
for (const name of without.split(",")) {
  if (name === "locks") Object.defineProperty(navigator, name, { value: undefined });
  else delete globalThis[name];
}

let sockets = 0;
globalThis.WebSocket = class extends WebSocket {
  constructor(...words) {
    super(...words);
    sockets += 1;
  }
};

const { connect } = await import("/js/net/client.js");
const client = connect();
const heard = { verdicts: [], sessions: [], link: null };
const tasks = new Map();
client.onVerdict((verdict) => heard.verdicts.push(verdict));
client.onSession((event) => heard.sessions.push(event.type));
client.onLink((link) => (heard.link = link));

globalThis.tab = {
  follow(task) {
    const told = { records: [], pictures: 0, resets: 0, state: null };
    tasks.set(task, told);
    client.follow(task, {
      onSnapshot: () => (told.pictures += 1),
      onReset: () => (told.resets += 1),
      onState: ({ state }) => (told.state = state),
      // Its number, and its place in the journal.
      onEvent: ({ seq, offset }) => told.records.push(`${seq}@${offset}`),
    });
  },

  /** The receipt, or the refusal. */
  command: (message) => client.command(message).catch(({ code, message }) => ({ code, message })),

  /** How many records it was told. */
  count: (task) => tasks.get(task).records.length,

  told(task) {
    const { records, ...rest } = tasks.get(task);
    return { records: records.join(" "), ...rest };
  },

  /** `sockets`: WebSockets that this page itself has opened. */
  get state() {
    return { ...heard, sockets, isSeen: document.visibilityState === "visible" };
  },
};
