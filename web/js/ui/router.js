// Which page an address has. Links within the site change the page without loading it anew.

import { troublePage } from "./trouble-page.js";

const routes = [
  { path: /^\/$/, load: () => import("../pages/tasks.js") },
  { path: /^\/new$/, load: () => import("../pages/new.js") },
  { path: /^\/tasks\/(?<id>[^/]+)$/, load: () => import("../pages/task.js") },
  { path: /^\/tasks\/(?<id>[^/]+)\/events\/(?<seq>\d+)$/, load: () => import("../pages/task.js") },
  { path: /^\/agents$/, load: () => import("../pages/agents.js") },
  { path: /^\/agents\/(?<name>[^/]+)$/, load: () => import("../pages/agent.js") },
  { path: /^\/ops$/, load: () => import("../pages/ops.js") },
  { path: /^\/help$/, load: () => import("../pages/help.js") },
];

/** {route, params} of an address; null for none. */
function find(pathname) {
  for (const route of routes) {
    const match = route.path.exec(pathname);
    if (match === null) continue;
    try {
      return { route, params: Object.fromEntries(Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)])) };
    } catch {
      return null; // A % that stands for nothing.
    }
  }
  return null;
}

/** `on`: moved(pathname), failed(error), title(text) → the document's title. Gives {page(), again(), stop()}. */
export function startRouter(app, root, on) {
  let page = null;
  let load = null;
  let count = 0;
  let isStopped = false;

  function leave() {
    try {
      page?.close();
    } catch (error) {
      on.failed(error);
    }
    page = null;
    load = null;
    app.place({ seq: null });
    root.replaceChildren();
  }

  async function show({ isFirst = false, scroll = 0 } = {}) {
    if (isStopped) return;
    const turn = ++count;
    const { pathname, searchParams: query } = new URL(location.href);
    const found = find(pathname);
    if (found !== null && load === found.route.load && page?.moveTo?.({ params: found.params, query })) return on.moved(pathname);
    const opened = found && (await opening(found, query, turn));
    if (turn !== count || isStopped) return;
    if (found === null) {
      leave();
      page = troubleAs({ status: 404 });
    } else page = opened;
    on.moved(pathname);
    app.titleChanged();
    scrollTo(0, scroll);
    if (!isFirst) focusHead();
  }

  /** The page of this address; one that says what went wrong where it cannot be had. */
  async function opening({ route, params }, query, turn) {
    let open;
    try {
      ({ open } = await route.load());
    } catch (error) {
      if (turn !== count) return null;
      leave();
      console.error(error);
      return healing(troubleAs({ status: 0, message: "Streaming component failed to load. Please refresh the page." }));
    }
    if (turn !== count || isStopped) return null;
    leave();
    load = route.load;
    try {
      return open(app, root, { params, query });
    } catch (error) {
      on.failed(error);
      return { title: () => "Failed", close() {} };
    }
  }

  function troubleAs(trouble) {
    const end = troublePage(root, trouble);
    return { title: () => root.querySelector("h1").textContent, close: end };
  }

  /** What could not be had while the gateway was away is asked for when it is back: anew, as browsers keep modules that failed. */
  function healing(page) {
    let wasDown = false;
    const end = app.client.onLink(({ stream, socket }) => {
      const isOpen = stream.kind === "open" || socket.kind === "open";
      if (wasDown && isOpen) location.reload();
      wasDown ||= !isOpen && (stream.kind === "waiting" || socket.kind === "waiting");
    });
    return { ...page, close: () => (end(), page.close()) };
  }

  /** Who does not see the change hears what the new page is. */
  function focusHead() {
    const head = root.querySelector("h1");
    if (head !== null) head.tabIndex = -1;
    (head ?? root).focus({ preventScroll: true });
  }

  const keepScroll = () => history.replaceState({ scroll: scrollY }, "");

  app.titleChanged = () => {
    if (page !== null) document.title = on.title(page.title());
  };
  app.go = (path, { replace = false } = {}) => {
    if (!replace) keepScroll();
    history[replace ? "replaceState" : "pushState"](null, "", path);
    show();
  };
  history.scrollRestoration = "manual";
  addEventListener("popstate", ({ state }) => show({ scroll: state?.scroll ?? 0 }));
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest?.("a[href]"));
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.target || link.hasAttribute("download") || link.getAttribute("href").startsWith("#")) return;
    if (/^\/(api|a2a|sign-in|\.well-known)/.test(link.pathname)) return;
    event.preventDefault();
    app.go(link.pathname + link.search);
  });
  show({ isFirst: true });

  return {
    page: () => page,
    /** The same page from its beginning. */
    again() {
      load = null;
      show();
    },
    /** Takes all away, for good. */
    stop() {
      isStopped = true;
      leave();
      return root;
    },
  };
}
