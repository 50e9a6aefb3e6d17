// Files of alerts: what their bytes say, what is sent of them, and how far each is.

import assert from "node:assert/strict";
import test from "node:test";

import { fault, largestAlert, partOf } from "../../web/js/core/alert-file.js";
import { badge, canStart, firstAgent, isUnfinished, newEntry } from "../../web/js/core/upload-state.js";

const of = (text) => new TextEncoder().encode(text);

test("what begins with < may be an alert, behind marks and spaces", () => {
  for (const bytes of [of("<a/>"), of("\ufeff<a/>"), of("\r\n\t <a/>"), new Uint8Array([0xff, 0xfe, 0x3c, 0]), new Uint8Array([0xfe, 0xff, 0, 0x3c])]) {
    assert.equal(fault("x.xml", bytes), null);
  }
});

test("what is no XML is told by its first bytes", () => {
  assert.equal(fault("x.xml", of("PK\u0003\u0004")), "Not XML: the file starts with PK, which is a ZIP archive.");
  assert.match(fault("x.xml", of("%PDF-1.7")), /%PDF, which is a PDF document/);
  assert.match(fault("x.xml", of("{\"a\":1}")), /starts with \{, not with </);
  assert.match(fault("x.xml", of("hello")), /starts with hell, not/);
  assert.match(fault("x.xml", new Uint8Array([0x00, 1])), /the byte 00/);
  assert.equal(fault("x.xml", of("")), "x.xml is empty.");
  assert.match(fault("x.xml", of(" \n")), /spaces only/);
});

test("the limit is the agents': as much is taken, a byte more is not", () => {
  const bytes = (length) => new Uint8Array(length).fill(0x3c);
  assert.equal(fault("x.xml", bytes(largestAlert)), null);
  assert.match(fault("halden.xml", bytes(largestAlert + 1)), /^halden.xml has 1,048,577 bytes. The limit is 1,048,576 bytes.$/);
  assert.match(fault("halden.xml", bytes(12_400_000)), /^halden.xml is 12.4 MB. The limit is/);
});

test("UTF-8 is sent as text, with its mark; anything else as it is", () => {
  assert.deepEqual(partOf("a.xml", of("\ufeff<ä/>")), { text: "\ufeff<ä/>", filename: "a.xml", mediaType: "application/xml" });
  const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => 0xff - (index % 7));
  assert.deepEqual(Uint8Array.from(Buffer.from(partOf("a.xml", bytes).raw, "base64")), bytes);
});

test("an entry can be started when its bytes are good or its start was refused, and no twice at once", () => {
  const entry = newEntry("a.xml", of("<a/>"), "k");
  assert.ok(canStart(entry) && isUnfinished(entry));
  assert.ok(!canStart(newEntry("a.xml", of("a"), "k")));
  assert.ok(!canStart({ ...entry, state: "queued" }) && !canStart({ ...entry, state: "sending" }) && !canStart({ ...entry, state: "started" }));
  assert.ok(canStart({ ...entry, state: "refused" }));
  assert.equal(badge({ ...entry, state: "started" }, "canceled").word, "Cancelled");
  assert.equal(badge({ ...entry, state: "started" }, "rejected").word, "Refused");
  assert.equal(badge({ ...entry, state: "sending", sent: 1 }).word, "Waiting for the gateway");
});

test("the gateway's default agent is chosen at first, if one may give it work", () => {
  assert.equal(firstAgent([{ name: "a", mayBegin: true }, { name: "b", mayBegin: true, default: true }]), "b");
  assert.equal(firstAgent([{ name: "a", mayBegin: true }, { name: "b", default: true }]), "a");
  assert.equal(firstAgent([]), null);
});
