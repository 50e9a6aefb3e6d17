// Commands: one id, one answer, one verdict, whatever breaks meanwhile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, same } from "./browser.mjs";

async function connected(options) {
  const all = browser(options);
  all.gateway.happen("a");
  all.one = all.tab();
  await all.clock.turn(100);
  all.cancel = (more = {}) => outcome(all.one.client.command({ type: "cancel", task: "a", ...more }));
  all.sent = () => all.gateway.sockets.flatMap(({ sent }) => sent).filter(({ type }) => type === "cancel");
  all.posts = () => all.gateway.asked.filter(({ method }) => method === "POST");
  all.done = () => [...all.gateway.commands.values()];
  return all;
}

/** What has become of a promise, to be looked at without waiting. */
function outcome(promise) {
  const result = { state: "open" };
  promise.then((receipt) => Object.assign(result, { state: "taken", receipt }), (nack) => Object.assign(result, { state: "refused", nack }));
  return result;
}

for (const kind of ["worker", "leader", "alone"]) {
  test(`${kind}: a receipt at once, the verdict when it comes, once`, async () => {
    const { clock, gateway, one, cancel, sent } = await connected({ kind });
    const result = cancel({ why: "enough" });
    await clock.turn(0);
    same([result.state, result.receipt.repeated, sent().length], ["taken", false, 1]);
    assert.match(sent()[0].id, /^[!-~]{1,128}$/);
    same([sent()[0].why, one.heard.verdicts], ["enough", []]);
    gateway.judge(sent()[0].id, "stopped");
    gateway.judge(sent()[0].id, "stopped");
    await clock.turn(0);
    same(one.heard.verdicts, [{ id: sent()[0].id, task: "a", command: "cancel", verdict: "stopped", seq: 9 }]);
  });
}

test("a refusal says all that the gateway said", async () => {
  const { clock, gateway, one } = await connected();
  gateway.answersCommands = false;
  const result = outcome(one.client.command({ type: "answer", task: "a", question: "q1", values: {} }));
  await clock.turn(0);
  const { id } = gateway.socket.sent.at(-1);
  gateway.socket.say({ type: "nack", id, code: "bad-answer", message: "Price is missing.", violations: [{ field: "price", description: "is missing" }] });
  await clock.turn(0);
  assert.equal(result.nack.name, "Nack");
  same([result.nack.code, result.nack.message, result.nack.violations[0].field], ["bad-answer", "Price is missing.", "price"]);
  const other = outcome(one.client.command({ type: "claim", task: "a", question: "q1" }));
  await clock.turn(0);
  gateway.socket.say({ type: "nack", id: gateway.socket.sent.at(-1).id, code: "claimed", message: "Kim has it.", by: "kim", until: "T" });
  await clock.turn(0);
  same([other.nack.by, other.nack.until], ["kim", "T"]);
});

test("the socket breaks before the answer: sent again with the same id, done once", async () => {
  const { clock, gateway, cancel, sent, done, posts } = await connected();
  gateway.answersCommands = false;
  const result = cancel();
  await clock.turn(0);
  gateway.answersCommands = true;
  gateway.socket.end(1006);
  await clock.turn(2500);
  same([result.state, sent().length, new Set(sent().map(({ id }) => id)).size, done().length], ["taken", 2, 1, 1]);
  assert.equal(posts().length, 0);
});

test("the answer is lost with the socket: sent again, and the gateway says what it said before", async () => {
  const { clock, gateway, cancel, done } = await connected();
  const socket = gateway.socket;
  socket.say = () => {}; // What it says does not come.
  const result = cancel();
  await clock.turn(0);
  same([result.state, done().length], ["open", 1]);
  socket.end(1006);
  await clock.turn(2500);
  same([result.state, result.receipt.repeated, done().length, done()[0].count], ["taken", true, 1, 2]);
});

test("the verdict falls while the socket is away: it is asked for, and told once", async () => {
  const { clock, gateway, one, cancel, sent } = await connected();
  cancel();
  await clock.turn(0);
  gateway.socket.end(1006);
  gateway.commands.get(sent()[0].id).verdict = { verdict: "ignored", seq: 7 };
  await clock.turn(3000);
  same(one.heard.verdicts.map(({ verdict, seq }) => [verdict, seq]), [["ignored", 7]]);
  gateway.socket.end(1006);
  const before = sent().length;
  await clock.turn(3000);
  same([one.heard.verdicts.length, sent().length], [1, before]);
});

test("the verdict comes as a record, before the receipt: both are told", async () => {
  const { clock, gateway, one, cancel, sent } = await connected();
  one.follow("a");
  await clock.turn(100);
  gateway.answersCommands = false;
  const result = cancel();
  await clock.turn(0);
  const { id } = sent()[0];
  gateway.happen("a", { kind: "verdict", data: { verdict: "stopped", command: "cancel", id, by: "alex", afterMilliseconds: 12 } });
  await clock.turn(0);
  same(one.heard.verdicts, [{ id, task: "a", command: "cancel", verdict: "stopped", afterMilliseconds: 12, by: "alex", seq: 2 }]);
  assert.equal(result.state, "open");
  gateway.socket.say({ type: "ack", id, task: "a" });
  await clock.turn(0);
  same([result.state, one.heard.verdicts.length], ["taken", 1]);
  gateway.socket.end(1006);
  await clock.turn(3000);
  assert.equal(sent().length, 1); // There is nothing to ask for any more.
});

test("a verdict on somebody else's command is a record, and no verdict of this page", async () => {
  const { clock, gateway, one } = await connected();
  const seen = one.follow("a");
  await clock.turn(100);
  gateway.happen("a", { kind: "verdict", data: { verdict: "stopped", command: "cancel", id: "of-another", by: "kim" } });
  await clock.turn(0);
  same([seen.seqs, one.heard.verdicts], [[1, 2], []]);
});

test("cancel pressed twice is one cancel: one id, and while it is open one promise", async () => {
  const { clock, gateway, cancel, sent, done } = await connected();
  gateway.answersCommands = false;
  const results = [cancel({ why: "one" }), cancel({ why: "other" })];
  await clock.turn(0);
  assert.equal(sent().length, 1);
  gateway.answersCommands = true;
  gateway.socket.end(1006);
  await clock.turn(2500);
  same(results.map(({ state }) => state), ["taken", "taken"]);
  const third = cancel();
  await clock.turn(0);
  same([third.state, third.receipt.repeated, done().length, new Set(sent().map(({ id }) => id)).size], ["taken", true, 1, 1]);
  assert.ok(sent().every(({ why }) => why === "one"));
});

test("a cancel that was refused may be pressed again, as another; that of another task is another", async () => {
  const { clock, gateway, one, cancel, sent } = await connected();
  gateway.answersCommands = false;
  const first = cancel();
  await clock.turn(0);
  gateway.socket.say({ type: "nack", id: sent()[0].id, code: "forbidden", message: "No." });
  await clock.turn(0);
  assert.equal(first.nack.code, "forbidden");
  cancel();
  outcome(one.client.command({ type: "cancel", task: "b" }));
  await clock.turn(0);
  assert.equal(new Set(sent().map(({ id }) => id)).size, 3);
});

test("no WebSocket: after 2 s over HTTP, with the token, the same id, and the receipt of it", async () => {
  const { clock, gateway, tab } = browser();
  gateway.happen("a");
  gateway.socketsFail = true;
  const one = tab();
  await clock.turn(500);
  const result = outcome(one.client.command({ type: "cancel", task: "a" }));
  await clock.turn(1400);
  assert.equal(result.state, "open");
  await clock.turn(1200);
  assert.equal(result.state, "taken");
  const post = gateway.asked.find(({ method }) => method === "POST");
  same([post.path, post.headers["x-signalbox-csrf"], [...gateway.commands.keys()]], ["/api/tasks/a:cancel", "T0KEN", [post.body.id]]);
  gateway.socketsFail = false;
  await clock.turn(40_000);
  same([gateway.commands.size, gateway.commands.get(post.body.id).verdict], [1, undefined]);
  gateway.judge(post.body.id, "stopped");
  await clock.turn(0);
  same(one.heard.verdicts.map(({ verdict }) => verdict), ["stopped"]);
});

test("a browser without WebSockets gives commands over HTTP", async () => {
  const { clock, gateway, tab } = browser({ kind: "worker", sockets: false });
  gateway.happen("a");
  const one = tab();
  await clock.turn(100);
  const result = outcome(one.client.command({ type: "submit", text: "do it" }));
  await clock.turn(3000);
  assert.equal(result.state, "taken");
  same(one.heard.links.at(-1).socket, { kind: "closed", reason: "unsupported" });
  const { path, body } = gateway.asked.find(({ method }) => method === "POST");
  assert.equal(path, "/api/tasks");
  assert.ok(body.key.length > 0 && body.id === undefined);
});

test("a refusal over HTTP is the same refusal", async () => {
  const { clock, gateway, one, cancel } = await connected();
  gateway.socketsFail = true;
  gateway.socket.end(1006);
  gateway.instead = (path, { method }) => (method === "POST" ? gateway.problem(409, "answered", { by: "kim", at: "T" }, { "retry-after": "3" }) : undefined);
  const result = cancel();
  await clock.turn(4000);
  same([result.nack.code, result.nack.message, result.nack.by, result.nack.at, result.nack.retryAfter], ["answered", "It is answered.", "kim", "T", 3]);
});

test("nothing gets through: after 30 s it is said that nothing is known, and it is not sent later", async () => {
  const { clock, gateway, cancel, done } = await connected();
  gateway.isDown = true;
  gateway.cut();
  const result = cancel();
  await clock.turn(29_000);
  assert.equal(result.state, "open");
  await clock.turn(1500);
  same([result.nack.code, /within 30 seconds/.test(result.nack.message)], ["no-answer", true]);
  assert.ok(gateway.asked.filter(({ path }) => path === "/api/session").length > 8);
  gateway.isDown = false;
  await clock.turn(60_000);
  assert.equal(done().length, 0);
});

test("given up, and the gateway had it all the same: the verdict is told, and a second press is the same command", async () => {
  const { clock, gateway, one, cancel, sent, done } = await connected();
  gateway.socket.say = () => {};
  const result = cancel();
  await clock.turn(31_000);
  assert.equal(result.nack.code, "no-answer");
  delete gateway.sockets[0].say;
  await clock.turn(20_000);
  gateway.judge(sent()[0].id, "stopped");
  await clock.turn(0);
  same(one.heard.verdicts.map(({ verdict }) => verdict), ["stopped"]);
  const again = cancel();
  await clock.turn(0);
  same([again.state, done().length], ["taken", 1]);
});

test("a round over many tasks is not sent twice: what became of it is not known", async () => {
  const { clock, gateway, one } = await connected();
  gateway.answersCommands = false;
  const [round, dry] = [false, true].map((dryRun) => outcome(one.client.command({ type: "cancel", filter: "mine", dryRun })));
  await clock.turn(0);
  gateway.answersCommands = true;
  gateway.socket.end(1006);
  await clock.turn(3000);
  same([round.nack?.code, dry.state], ["outcome-unknown", "taken"]);
  same(gateway.socket.sent.filter(({ filter }) => filter).map(({ dryRun }) => dryRun), [true]);
});

test("a message that is too long for the WebSocket goes over HTTP, where the refusal can be read", async () => {
  const { clock, gateway, cancel, posts, sent } = await connected();
  gateway.answersCommands = false;
  const result = cancel({ why: "long" });
  await clock.turn(0);
  gateway.socket.end(1009);
  gateway.instead = (path, { method }) => (method === "POST" ? gateway.problem(413, "content-too-large") : undefined);
  await clock.turn(5000);
  same([result.nack?.code, posts().length, sent().length], ["content-too-large", 1, 1]);
});

test("what only a WebSocket takes is refused at once where there is none", async () => {
  const { clock, gateway, one } = await connected();
  gateway.socketsFail = true;
  gateway.socket.end(1006);
  await clock.turn(0);
  const result = outcome(one.client.command({ type: "refresh", token: "t" }));
  await clock.turn(0);
  assert.equal(result.nack?.code, "no-socket");
});

test("a tab that goes right after it has pressed: the command is given all the same", async () => {
  const { clock, gateway, one, tab, done } = await connected();
  const other = tab();
  await clock.turn(100);
  other.client.command({ type: "cancel", task: "a" }).catch(() => {});
  other.client.close();
  await clock.turn(100);
  same([done().length, gateway.openSockets.length], [1, 1]);
  one.client.close();
});

test("a closed page gives no command, and what was open is refused", async () => {
  const { clock, gateway, one, cancel } = await connected();
  gateway.answersCommands = false;
  const open = cancel();
  one.client.close();
  const late = cancel();
  await clock.turn(0);
  same([open.nack?.code, late.nack?.code], ["closed", "closed"]);
});
