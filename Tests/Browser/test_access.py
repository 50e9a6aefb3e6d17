"""What everybody needs: axe finds nothing, the keyboard reaches all, nothing scrolls sideways."""

from browser import Keys
from case import PICTURES, PageCase
from stage import ROOT

# axe comes from outside, and the page policy does not let it in as a script: it is evaluated by the browser's own tools.
RUN_AXE = """axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
  .then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({target, failureSummary}) => `${target} ${failureSummary}`).join(" | ")}`))"""


class Access(PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.decided = cls.stage.submit("clear-insider")
        cls.washed = cls.stage.submit("layered-wash")
        cls.asking = cls.stage.submit("unknown-owner")
        cls.refused = cls.stage.submit("broken")
        cls.running = cls.stage.conform("test-endless")
        cls.stage.until(cls.decided, "completed")
        cls.stage.until(cls.washed, "completed")
        cls.stage.until(cls.asking, "input-required")
        cls.stage.until(cls.refused, "failed")
        with open(f"{ROOT}/.build/browser/axe.min.js") as file:
            cls.axe = file.read()

    @property
    def pages(self):
        return {
            "tasks": "/", "new": "/new", "agents": "/agents", "agent": "/agents/orchestrator", "ops": "/ops", "help": "/help",
            "decided": f"/tasks/{self.decided}", "washed": f"/tasks/{self.washed}", "asking": f"/tasks/{self.asking}",
            "failed": f"/tasks/{self.refused}", "running": f"/tasks/{self.running}",
            "decided-list": f"/tasks/{self.decided}?view=list", "decided-raw": f"/tasks/{self.decided}?view=raw",
            "missing": "/tasks/there-is-none",
        }

    def settle(self, browser, path):
        browser.open(path)
        browser.wait(lambda: browser.find("main h1"), f"a heading at {path}")
        browser.wait(lambda: not browser.find("main [aria-busy=true]"), "nothing is busy")

    def test_axe_finds_nothing_on_any_page_in_both_themes(self):
        browser = self.browser()
        browser.expected.append("404")
        found = []
        for theme in ("light", "dark"):
            browser.media(theme)
            for name, path in self.pages.items():
                self.settle(browser, path)
                browser.cdp("Runtime.evaluate", expression=self.axe)
                answer = browser.cdp("Runtime.evaluate", expression=RUN_AXE, awaitPromise=True, returnByValue=True)
                found += [f"{name}, {theme}: {one}" for one in answer["result"].get("value") or [] if one]
                self.assertIn("value", answer["result"], answer)
        self.assertEqual(found, [])

    def test_no_page_scrolls_sideways_at_any_width(self):
        browser = self.browser()
        browser.expected.append("404")
        wide = []
        for width in (1280, 768, 390, 320):
            browser.size(width)
            for name, path in self.pages.items():
                self.settle(browser, path)
                over = browser.run("return document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    wide.append(f"{name} at {width}: {over} px")
        self.assertEqual(wide, [])

    def test_the_keyboard_reaches_all_and_focus_is_seen(self):
        browser = self.browser()
        for name, path in self.pages.items():
            if name == "missing":
                continue
            self.settle(browser, path)
            browser.run("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
            seen, unseen, order = set(), [], []
            for _ in range(400):
                browser.keys(Keys.TAB)
                # Text, whether an outline or ring is there, and whether it is hidden under the bar.
                spot = browser.run("""
                  const one = document.activeElement;
                  if (!one || one === document.body) return null;
                  const style = getComputedStyle(one);
                  globalThis.spots ??= new Map();
                  if (!spots.has(one)) spots.set(one, spots.size);
                  const box = one.getBoundingClientRect();
                  const bar = document.querySelector(".top").getBoundingClientRect().bottom;
                  // The ring may be that of the row which a link covers, or which a button opens.
                  const after = getComputedStyle(one, "::after");
                  const row = one.closest(".row");
                  const ringed = style.outlineStyle !== "none" || style.boxShadow !== "none" ||
                    (after.content !== "none" && after.outlineStyle !== "none") || (row && getComputedStyle(row).outlineStyle !== "none");
                  const covered = !one.closest(".top, .skip, dialog") && box.bottom <= bar;
                  return [spots.get(one), ringed && !covered && box.width > 0, `${one.tagName} ${(one.innerText || one.ariaLabel || one.id || "").slice(0, 40)}`];
                """)
                if spot is None or spot[0] in seen:
                    break
                seen.add(spot[0])
                order.append(spot[2])
                if not spot[1]:
                    unseen.append(spot[2])
            browser.run("globalThis.spots = undefined")
            self.assertEqual(unseen, [], name)
            self.assertGreater(len(order), 6, f"{name}: {order}")

    def test_pictures_of_every_page(self):
        """Not judged here: somebody looks at them, in .build/browser/pictures."""
        browser = self.browser()
        browser.expected.append("404")
        for theme in ("light", "dark"):
            browser.media(theme)
            for width in (1280, 768, 390, 320):
                browser.size(width)
                for name, path in self.pages.items():
                    self.settle(browser, path)
                    browser.picture(f"{PICTURES}/{name}-{theme}-{width}.png")
