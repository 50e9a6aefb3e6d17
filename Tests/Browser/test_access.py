"""What everybody needs: axe finds nothing, the keyboard reaches all, nothing scrolls sideways."""

import os

from browser import Keys
from case import PICTURES, PageCase
from stage import ROOT
from tree import Tree

# axe comes from outside, and the page policy does not let it in as a script: it is evaluated by the browser's own tools.
RUN_AXE = """axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
  .then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({target, failureSummary}) => `${target} ${failureSummary}`).join(" | ")}`))"""

# What comes last on a page: before it is there, there is little to look at.
CONTENT = {
    "tasks": ".task-row", "new": "[data-sample]", "agents": ".agent", "agent": "dl", "ops": ".spark-line", "help": ".keys",
    "decided": ".verdict", "washed": "figure svg[role=img]", "asking": ".ask form", "failed": ".notice.bad:not([hidden])",
    "running": ".log-row", "decided-list": ".as-table td", "decided-raw": ".views .log-row", "missing": ".gone",
}


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

    def settle(self, browser, name):
        browser.open(self.pages[name])
        browser.wait(lambda: browser.find("main h1"), f"a heading on {name}")
        browser.wait(lambda: browser.find(f"main {CONTENT[name]}"), f"what the page {name} is about")

    def drawn(self, browser):
        """Another width or theme is drawn: what depends on it is drawn anew in the next frame, and what moves stands."""
        browser.run_async("requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0], 50)))")

    def test_axe_finds_nothing_on_any_page_in_both_themes(self):
        browser = self.browser(motion=False)
        browser.expected.append("404")
        found = []
        for name in self.pages:
            self.settle(browser, name)
            browser.cdp("Runtime.evaluate", expression=self.axe)
            for theme in ("light", "dark"):
                browser.media(theme, motion=False)
                self.drawn(browser)
                answer = browser.cdp("Runtime.evaluate", expression=RUN_AXE, awaitPromise=True, returnByValue=True)
                found += [f"{name}, {theme}: {one}" for one in answer["result"].get("value") or [] if one]
                self.assertIn("value", answer["result"], answer)
        self.assertEqual(found, [])

    def test_no_page_scrolls_sideways_at_any_width(self):
        browser = self.browser()
        browser.expected.append("404")
        wide, stuck = [], []
        for name in self.pages:
            browser.size(1280)
            self.settle(browser, name)
            # The last is a window of 1280 by 1024 whose text is four times as large.
            for width, height in ((1280, 900), (768, 900), (390, 900), (320, 900), (320, 256)):
                browser.size(width, height)
                self.drawn(browser)
                over = browser.run("return document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    wide.append(f"{name} at {width}: {over} px")
            # Where little can be seen at once, nothing stands in the way of it, and lists are not higher than the window.
            least = browser.run("""
              scrollTo(0, document.documentElement.scrollHeight);
              const bar = Math.max(0, document.querySelector(".top").getBoundingClientRect().bottom);
              const lists = [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility() && one.scrollHeight > one.clientHeight + 1 &&
                /auto|scroll/.test(getComputedStyle(one).overflowY)).map(({clientHeight}) => clientHeight);
              return innerHeight - Math.max(bar, ...lists);""")
            if least < 256 / 4:
                stuck.append(f"{name}: {least} px are left")
        self.assertEqual((wide, stuck), ([], []))

    def test_what_is_read_out_has_names_an_order_and_regions_that_speak(self):
        """The trees are in .build/browser/pictures as well, for whoever wants to read a page as a screen reader does."""
        browser = self.browser("operator")
        browser.expected.append("404")
        found = []

        def look(name):
            tree = Tree(browser)
            found.extend(f"{name}: {one}" for one in tree.faults())
            os.makedirs(PICTURES, exist_ok=True)
            with open(f"{PICTURES}/{name}.txt", "w") as file:
                file.write(str(tree))
            return tree
        for name in self.pages:
            self.settle(browser, name)
            look(name)
        self.assertEqual(found, [])
        self.settle(browser, "asking")
        tree = look("asking")
        self.assertIn("Your answer is needed", [name for _, name, _ in tree.of("region")])
        self.assertEqual({properties["checked"] for _, _, properties in tree.of("radio")}, {"true", "false"})
        self.assertIn("Answer", [name for _, name, _ in tree.of("radiogroup", "group")])
        self.settle(browser, "decided")
        browser.press("Disagree")
        browser.wait(lambda: browser.find("dialog[open]"), "the dialog")
        dialog = Tree(browser)
        self.assertEqual([name for _, name, _ in dialog.of("dialog")], ["Disagree with this decision"])
        self.assertEqual([name for _, name, _ in dialog.of("textbox")], ["A reason"])
        # While it is open, there is nothing else for whoever reads by ear.
        self.assertEqual([one for one in dialog.faults() if not one.startswith(("not one first", "“Disagree", "0 times"))], [])
        self.assertEqual(dialog.of("main", "banner"), [])
        browser.keys(Keys.ESCAPE)
        browser.wait(lambda: not browser.find("dialog"), "it is closed")
        look("decided")
        self.assertEqual(found, [])

    def test_the_keyboard_reaches_all_and_focus_is_seen(self):
        browser = self.browser()
        for name in self.pages:
            if name == "missing":
                continue
            self.settle(browser, name)
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
        browser = self.browser(motion=False)
        browser.expected.append("404")
        for name in self.pages:
            browser.size(1280)
            self.settle(browser, name)
            for theme in ("light", "dark"):
                browser.media(theme, motion=False)
                for width in (1280, 768, 390, 320):
                    browser.size(width)
                    self.drawn(browser)
                    browser.picture(f"{PICTURES}/{name}-{theme}-{width}.png")
            browser.size(320, 256)
            self.drawn(browser)
            browser.picture(f"{PICTURES}/{name}-zoomed.png", whole=False)
            browser.size(1280)
            browser.media("dark", motion=False, forced_colors="active")
            self.drawn(browser)
            browser.picture(f"{PICTURES}/{name}-forced.png")
            browser.size(794)  # A4.
            browser.media("light", motion=False)
            browser.cdp("Emulation.setEmulatedMedia", media="print")
            browser.run("dispatchEvent(new Event('beforeprint'))")
            self.drawn(browser)
            browser.picture(f"{PICTURES}/{name}-paper.png")
            browser.cdp("Emulation.setEmulatedMedia", media="")
