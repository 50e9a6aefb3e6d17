"""The event log follows its end until the reader looks back, by whatever means, and again when they come back to it."""

from browser import Keys
from case import PageCase

# The number of the row that has the focus, or nothing.
FOCUSED = "return document.activeElement?.closest('[role=log]') && document.activeElement.getAttribute('href')?.split('/').at(-1)"

IS_AT_END = "const log = document.querySelector('[role=log]'); return log.scrollTop + log.clientHeight >= log.scrollHeight - 1"


class Log(PageCase):
    def test_the_reader_looks_back_and_comes_again_by_wheel_and_keys(self):
        task = self.stage.open_ingest(title="Trades of Wednesday")
        self.stage.ingest(task, [{"step": step} for step in range(1, 201)], state="working")
        browser = self.browser().open(f"/tasks/{task}")
        self.assert_whole(browser, task)
        browser.see("Following", ".log-status")
        browser.run("globalThis.rests = 0; document.querySelector('[role=log]').addEventListener('scrollend', () => (rests += 1))")
        self.looks_back(browser, lambda: self.wheel(browser, -300))
        self.stage.ingest(task, [{"step": 201}])
        browser.see("1 new", ".log-latest")
        browser.run("document.querySelector('[role=log]').focus()")
        self.goes_to_the_end(browser)
        for key in (Keys.PAGE_UP, Keys.HOME):
            self.looks_back(browser, lambda: browser.keys(key))
            self.goes_to_the_end(browser)
        browser.keys(Keys.ARROW_UP)
        browser.see("Not following", ".log-status")
        last = int(browser.wait(lambda: browser.run(FOCUSED), "a row has the focus"))
        browser.keys(Keys.ARROW_UP)
        browser.wait(lambda: browser.run(FOCUSED) == str(last - 1), "the row above")
        browser.keys(Keys.ARROW_DOWN)
        browser.wait(lambda: browser.run(FOCUSED) == str(last), "the row below")
        # With a key beside it, an arrow is the browser's.
        browser.driver.switch_to.active_element.send_keys(Keys.CONTROL, Keys.ARROW_UP)
        self.assertEqual(browser.run(FOCUSED), str(last))

    def looks_back(self, browser, act):
        """Browsers go there bit by bit."""
        rests = browser.run("return rests")
        act()
        browser.see("Not following", ".log-status")
        browser.wait(lambda: browser.run("return rests") > rests and not browser.run(IS_AT_END), "it has come to rest further back")

    def goes_to_the_end(self, browser):
        rests = browser.run("return rests")
        browser.keys(Keys.END)
        browser.wait(lambda: browser.text(".log-status").strip() == "Following"
                     and browser.run(f"{IS_AT_END} && rests > arguments[0]", rests),
                     lambda: f"it follows: {browser.text('.log-status')}")

    def wheel(self, browser, by):
        box = browser.run("const {x, y, width, height} = document.querySelector('[role=log]').getBoundingClientRect();"
                          "return [x + width / 2, y + height / 2]")
        browser.cdp("Input.dispatchMouseEvent", type="mouseWheel", x=box[0], y=box[1], deltaX=0, deltaY=by)
