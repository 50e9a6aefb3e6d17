// One stream over a real connection, with the fetch and the streams of this Node.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { openSource } from "../../../web/js/net/source.js";

/** A server that answers with `answer`, and what a source there says, to be waited for. */
async function opened(context, answer) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const said = [];
  let wake = () => {};
  const say = (value) => {
    said.push(value);
    wake();
  };
  const on = { event: say, alive() {}, end: (end) => say({ end }) };
  const base = `http://127.0.0.1:${server.address().port}`;
  const source = openSource({ fetch: (path, options) => fetch(base + path, options) }, "/", on);
  const until = async (count) => {
    while (said.length < count) await new Promise((resolve) => (wake = resolve));
    return said;
  };
  return { source, said, until };
}

test("events as they come, cut anywhere, and the end with what was asked for", { timeout: 10_000 }, async (context) => {
  let response;
  const { until } = await opened(context, (request, answer) => {
    assert.equal(request.headers.accept, "text/event-stream");
    response = answer;
    answer.writeHead(200, { "content-type": "text/event-stream" });
    answer.write("retry: 2310\nid: e.1\ndata: {\"text\":\"gr");
  });
  while (response === undefined) await new Promise(setImmediate);
  const bytes = Buffer.from("ü");
  response.write(bytes.subarray(0, 1));
  response.write(bytes.subarray(1));
  response.write("n\"}\n\n");
  assert.deepEqual(await until(1), [{ type: "message", id: "e.1", data: "{\"text\":\"grün\"}" }]);
  response.end();
  assert.deepEqual((await until(2))[1], { end: { status: 200, retryAfter: 0, retry: 2310 } });
});

test("a refusal is told with its status and when to come back", { timeout: 10_000 }, async (context) => {
  const { until } = await opened(context, (_, answer) => answer.writeHead(429, { "retry-after": "7" }).end("{}"));
  assert.deepEqual(await until(1), [{ end: { status: 429, retryAfter: 7000, retry: 0 } }]);
});

test("a line that breaks is status 0", { timeout: 10_000 }, async (context) => {
  const { until } = await opened(context, (request) => request.socket.destroy());
  assert.deepEqual(await until(1), [{ end: { status: 0, retryAfter: 0, retry: 0 } }]);
});

test("closed, it closes the connection and says nothing more", { timeout: 10_000 }, async (context) => {
  let gone;
  const closed = new Promise((resolve) => (gone = resolve));
  const { source, said, until } = await opened(context, (request, answer) => {
    request.socket.on("close", gone);
    answer.writeHead(200, { "content-type": "text/event-stream" });
    answer.write("data: 1\n\n");
  });
  await until(1);
  source.close();
  await closed;
  assert.equal(said.length, 1);
});
