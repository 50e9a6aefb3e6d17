"""Much at once: the page keeps up, and nothing is lost. Figures are printed; what is asserted is what a person would notice."""

import base64
import re
import statistics
import threading

from case import PageCase

# Frames while the log is scrolled to places far apart, as often as the screen asks for them.
SCROLL = """
const done = arguments[arguments.length - 1];
const log = document.querySelector("[role=log]");
const gaps = [];
let last = performance.now(), left = 120;
function frame(now) {
  gaps.push(now - last);
  last = now;
  if (left-- === 0) return done(gaps.slice(1));
  log.scrollTop = (log.scrollHeight - log.clientHeight) * ((left * 7919) % 100) / 100;
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
"""

# When the pill says for the first time that the page has what there is.
NOTE_WHEN_LIVE = """
new MutationObserver(() => {
  if (/Live|Complete/.test(document.querySelector(".pill")?.textContent ?? "")) globalThis.liveAt ??= performance.now();
}).observe(document, {subtree: true, childList: true, characterData: true});
"""
# Of the page's own files; those of the worker are its own.
SIZES = """
const all = performance.getEntriesByType("resource");
return ["js", "css", "woff2"].map((ending) => {
  const those = all.filter(({name}) => name.endsWith(`.${ending}`));
  const sum = (what) => those.reduce((sum, one) => sum + one[what], 0);
  return [ending, those.length, sum("encodedBodySize"), sum("decodedBodySize")];
});
"""


def told(times):
    return f"{', '.join(f'{one:.0f}' for one in sorted(times))} ms"


class Scale(PageCase):
    def flood(self, task, count, batch=500):
        for first in range(0, count, batch):
            self.stage.ingest(task, [
                {"statusUpdate": {"status": {"state": "TASK_STATE_WORKING", "message": {
                    "messageId": f"m{number}", "role": "ROLE_AGENT", "parts": [{"text": f"Row {number} was looked at."}]}}}}
                for number in range(first, min(first + batch, count))])

    def test_a_task_of_ten_thousand_events(self):
        task = self.stage.open_ingest(title="Ten thousand")
        self.flood(task, 10_000)
        browser = self.browser().open(f"/tasks/{task}")
        self.assert_whole(browser, task, within=60)
        gaps = sorted(browser.run_async(SCROLL))
        nodes = browser.run("return document.querySelectorAll('*').length")
        heap = self.heap(browser)
        print(f"10,000 events: frames p50 {gaps[len(gaps) // 2]:.1f} ms, p95 {gaps[int(len(gaps) * .95)]:.1f} ms; "
              f"{nodes} nodes; heap {heap / 1e6:.1f} MB")
        self.assertLess(nodes, 1500)
        self.assertLess(heap, 40e6)
        # Paper has the newest of them, and no room kept for all others.
        paper = base64.b64decode(browser.cdp("Page.printToPDF")["data"])
        pages = len(re.findall(rb"/Type\s*/Page\b", paper))
        print(f"10,000 events on paper: {pages} pages")
        self.assertLess(pages, 25)
        self.assert_whole(browser, task)
        # The first lines can be reached, too.
        browser.open(f"/tasks/{task}/events/3")
        browser.wait(lambda: browser.find("[role=log] [aria-current]"), "the marked line")

    def heap(self, browser):
        browser.cdp("HeapProfiler.collectGarbage")
        return browser.cdp("Runtime.getHeapUsage")["usedSize"]

    def metrics(self, browser):
        return {metric["name"]: metric["value"] for metric in browser.cdp("Performance.getMetrics")["metrics"]}

    def test_a_thousand_events_a_second(self):
        task = self.stage.open_ingest(title="A thousand a second")
        self.flood(task, 10)
        browser = self.browser().open(f"/tasks/{task}")
        self.assert_whole(browser, task)
        browser.run("""
          globalThis.long = [];
          new PerformanceObserver((list) => { for (const {duration} of list.getEntries()) long.push(duration); }).observe({type: "longtask"});
          globalThis.slow = [];
          new PerformanceObserver((list) => { for (const {duration} of list.getEntries()) slow.push(duration); })
            .observe({type: "event", durationThreshold: 16});
        """)
        browser.cdp("Performance.enable")
        before = self.metrics(browser)
        sender = threading.Thread(target=self.flood, args=(task, 10_000, 100))
        sender.start()
        presses = 0
        while sender.is_alive():
            browser.keys("?")
            browser.keys("\ue00c")
            presses += 2
        sender.join()
        self.assert_whole(browser, task, within=60)
        after = self.metrics(browser)
        long, slow = browser.run("return [long, slow]")
        each = (after["TaskDuration"] - before["TaskDuration"]) * 1000 / 10_000
        print(f"1,000 events/s: {each:.3f} ms of the main thread each; {len(long)} tasks over 50 ms (most {max(long, default=0):.0f} ms); "
              f"{presses} key presses, slowest answer {max(slow, default=0):.0f} ms, median of slow ones {statistics.median(slow or [0]):.0f} ms")

    def test_the_first_picture_of_a_task(self):
        decided = self.stage.submit("clear-insider")
        self.stage.until(decided, "completed")
        running = self.stage.open_ingest(title="Trades of Thursday")
        self.flood(running, 10)
        browser = self.browser()
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", source=NOTE_WHEN_LIVE)
        browser.cdp("Network.enable")
        for name, task, isCold in (("a finished task, cached", decided, False), ("a running task, cold", running, True),
                                   ("a finished task, cold", decided, True)):
            paints, lives = zip(*[self.first_picture(browser, task, isCold) for _ in range(3)])
            print(f"{name}: first contentful paint {told(paints)}, {'complete' if task == decided else 'live'} {told(lives)}")
        sizes = browser.run(SIZES)
        print("cold, as sent and as they are: " + ", ".join(
            f"{count} {ending} {sent / 1024:.1f} of {plain / 1024:.1f} KiB" for ending, count, sent, plain in sizes))
        for ending, count, sent, plain in sizes:
            self.assertGreater(count, 0, ending)
            self.assertGreater(sent, 0, f"{ending} came from nowhere")
            self.assertTrue(ending == "woff2" or sent < plain / 2, f"{ending} is not compressed: {sent} of {plain} bytes")

    def first_picture(self, browser, task, isCold):
        """From the navigation to the first contentful paint and to the pill's word that all is here, in milliseconds."""
        browser.open("/help")
        browser.see("Live", ".pill")
        if isCold:
            browser.cdp("Network.clearBrowserCache")
        browser.cdp("Network.setCacheDisabled", cacheDisabled=isCold)
        browser.open(f"/tasks/{task}")
        self.assert_whole(browser, task)
        return browser.wait(lambda: browser.run("""
          const paint = performance.getEntriesByName("first-contentful-paint")[0];
          return paint && globalThis.liveAt ? [paint.startTime, liveAt] : null;"""), "a paint, and a pill that says how it is")
