// What the content security policy and the eye ask of the files in web/, read as text.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const web = new URL("../../web/", import.meta.url);
const read = (path) => readFileSync(new URL(path, web), "utf8");
const files = readdirSync(web, { recursive: true }).filter((path) => /\.(html|css|js|svg)$/.test(path)).sort();
const ending = (...kinds) => files.filter((path) => kinds.some((kind) => path.endsWith(kind)));
const compressed = (paths) => paths.reduce((sum, path) => sum + gzipSync(readFileSync(new URL(path, web))).length, 0);
const size = (paths) => paths.reduce((sum, path) => sum + readFileSync(new URL(path, web)).length, 0);

for (const path of ending(".html", ".svg")) {
  test(`${path} has no inline style, script or handler`, () => {
    const text = read(path);
    assert.doesNotMatch(text, /<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:/i);
    assert.doesNotMatch(text, /<script(?![^>]*\ssrc=)/i);
  });
}

for (const path of ending(".js")) {
  test(`${path} uses nothing that Trusted Types or the policy refuse`, () => {
    assert.doesNotMatch(read(path), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|srcdoc/);
    assert.doesNotMatch(read(path), /setAttribute\("(style|on)/);
  });
}

for (const path of files) {
  test(`${path} asks no other host`, () => {
    // Names that look like addresses, and are none.
    const source = read(path).replaceAll(/http:\/\/www\.w3\.org\/2000\/svg|https:\/\/signalbox\.dev\/a2a\/extensions\/|url\(#hatch\)|url\("\/fonts\/[a-z]+\.woff2"\)/g, "");
    assert.doesNotMatch(source, /(https?:)?\/\/[a-z0-9-]+\.[a-z]|@import/i);
    assert.doesNotMatch(source, /\burl\(/);
  });
}

const pages = ending(".html");
const named = (page) => [...read(page).matchAll(/(?:href|src)="\/([^"]+\.[a-z]+)"/g)].map((match) => match[1]);

// A module and all that it imports, however far away.
function imports(path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, name] of read(path).matchAll(/(?:from |=> import\()"(\.[^"]+)"/g)) {
    const inner = new URL(name, new URL(path, web)).href.slice(web.href.length);
    assert.ok(existsSync(new URL(inner, web)), `${path} imports ${name}`);
    imports(inner, found);
  }
  return found;
}

test("there are the pages that there should be", () => assert.deepEqual(pages, ["index.html", "sign-in.html"]));

for (const page of pages) {
  test(`every file that ${page} names is there, and so is what its modules import`, () => {
    assert.ok(named(page).length >= 5);
    for (const path of named(page)) assert.ok(existsSync(new URL(path, web)), path);
    for (const path of named(page).filter((path) => path.endsWith(".js"))) imports(path);
  });

  test(`every id that a script of ${page} asks for is in it, once`, () => {
    const ids = [...read(page).matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    assert.equal(new Set(ids).size, ids.length);
    const modules = new Set(named(page).filter((path) => path.endsWith(".js")).flatMap((path) => [...imports(path)]));
    const asked = [...modules].flatMap((path) =>
      [...read(path).matchAll(/\b(?:write|fill|element|drawing|getElementById)\("([^"]+)"/g)].map((match) => match[1]));
    assert.ok(asked.length >= 5);
    for (const id of asked) assert.ok(ids.includes(id), id);
  });

  test(`${page} has one h1, its landmarks, a skip link, a language and a word for those without scripts`, () => {
    const html = read(page);
    // Each page within index.html makes its own h1.
    assert.equal(html.split("<h1").length - 1, page === "index.html" ? 0 : 1);
    for (const tag of ["<main", '<header class="top"', "<noscript", 'class="skip"', 'role="status"', '<html lang="en-GB">']) {
      assert.equal(html.split(tag).length - 1, 1, tag);
    }
  });

  test(`every label in ${page} that points to an element points to one that is there`, () => {
    const html = read(page);
    for (const [, id] of html.matchAll(/\saria-labelledby="([^"]+)"/g)) assert.ok(html.includes(`id="${id}"`), id);
  });
}

// What pages connect with, and the worker that it starts.
const connection = ["js/net/client.js", "js/net/worker.js"];
const ofPages = new Set(pages.flatMap(named).filter((path) => path.endsWith(".js")).flatMap((path) => [...imports(path)]));
const ofConnection = new Set(connection.flatMap((path) => [...imports(path)]));
// What pages of others begin with (docs/clients.md), and what it needs beside the connection.
const entries = ["js/client.js", "js/progress-timeline.js", "js/progress-page.js"];
const ofOthers = new Set(entries.flatMap((path) => [...imports(path)]));

test("every module belongs to a page, to the connection, or to what others begin with", () => {
  const used = new Set([...ofPages, ...ofConnection, ...ofOthers]);
  assert.deepEqual(ending(".js").filter((path) => !used.has(path)), []);
});

test("modules of the connection are short: one idea each", () => {
  for (const path of ofConnection) assert.ok(read(path).split("\n").length <= 151, path);
});

// What a browser fetches over the wire, file by file.
test("scripts, styles and fonts stay within their budgets", () => {
  assert.ok(size([...ofConnection]) <= 100 * 1024);
  assert.ok(compressed([...ofConnection]) <= 40 * 1024, `${compressed([...ofConnection])}`);
  const ofOthersAlone = [...ofOthers].filter((path) => !ofPages.has(path) && !ofConnection.has(path));
  assert.ok(compressed(ofOthersAlone) <= 8 * 1024, `${compressed(ofOthersAlone)}`);
  assert.ok(compressed([...ofOthers]) <= 60 * 1024, `${compressed([...ofOthers])}`);
  assert.ok(compressed(ending(".js")) <= 240 * 1024, `${compressed(ending(".js"))}`);
  assert.ok(compressed(ending(".css")) <= 24 * 1024, `${compressed(ending(".css"))}`);
  const fonts = readdirSync(new URL("fonts/", web)).filter((path) => path.endsWith(".woff2")).map((path) => `fonts/${path}`);
  assert.equal(fonts.length, 2);
  assert.ok(size(fonts) <= 50 * 1024, `${size(fonts)}`);
  assert.ok(existsSync(new URL("fonts/OFL.txt", web)));
});

test("what every page loads first is small; the rest comes with the page that is opened", () => {
  const eager = (path, found = new Set()) => {
    if (found.has(path)) return found;
    found.add(path);
    for (const [, name] of read(path).matchAll(/from "(\.[^"]+)"/g)) eager(new URL(name, new URL(path, web)).href.slice(web.href.length), found);
    return found;
  };
  const first = [...eager("js/main.js")];
  assert.ok(compressed(first) <= 66 * 1024, `${compressed(first)}`);
});

// WCAG 2.2 relative luminance and contrast ratio.
const luminance = (hex) => {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};
const tokens = Object.fromEntries([...read("css/tokens.css").matchAll(/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)]
  .map(([, name, light, dark]) => [name, { light, dark }]));
const pairs = [
  ...["bg", "surface", "sunk"].flatMap((ground) => ["text", "text2", "text3", "accent"].map((ink) => [ink, ground, 4.5])),
  ["accent-ink", "accent", 4.5], ["text", "accent-soft", 4.5], ["text", "bad-soft", 4.5], ["text", "warn-soft", 4.5], ["surface", "text", 4.5], ["text2", "bad-soft", 4.5],
  ["ok", "ok-soft", 4.5], ["warn", "warn-soft", 4.5], ["bad", "bad-soft", 4.5],
  ...["ctl", "run", "done", "ok", "warn", "warn-lamp", "series2", "bad"].map((ink) => [ink, "surface", 3]),
];
for (const theme of ["light", "dark"]) {
  for (const [ink, ground, least] of pairs) {
    test(`${theme}: ${ink} on ${ground} has a contrast of ${least} or more`, () => {
      const ratio = contrast(tokens[ink][theme], tokens[ground][theme]);
      assert.ok(ratio >= least, `it is ${ratio.toFixed(2)}`);
    });
  }
}
