"""What the tests of the pages have in common: a stage for all tests of a class, browsers of each test, and no error in any console."""

import os
import unittest

from browser import Browser
from stage import ROOT, Stage

PICTURES = os.environ.pop("SIGNALBOX_PICTURES", f"{ROOT}/.build/browser/pictures")


class PageCase(unittest.TestCase):
    stage_options = {}

    @classmethod
    def setUpClass(cls):
        cls.stage = Stage(**cls.stage_options)
        cls.addClassCleanup(cls.stage.close)

    def setUp(self):
        self.browsers = []
        if self.stage.gateway.process.poll() is not None:
            self.stage.start_gateway()  # A test that killed it has failed since.

    def browser(self, sign_in="analyst", **options):
        browser = Browser(self.stage, **options)
        self.addCleanup(browser.close)
        self.browsers.append(browser)
        return browser.sign_in(sign_in) if sign_in else browser

    def run(self, result=None):
        """After each test that went well: nothing in a console, no breach of the page policy."""
        method = getattr(self, self._testMethodName)

        def checked():
            method()
            for browser in self.browsers:
                self.assertEqual(browser.errors(), [], "the console of a page")
        setattr(self, self._testMethodName, checked)
        return super().run(result)

    # What several tests look at

    def shown_count(self, browser):
        """How many events the page says that it has."""
        digits = "".join(one for one in browser.text("[data-count=events]") if one.isdigit())
        return int(digits or 0)

    def assert_whole(self, browser, task, within=30):
        """The page has every record of the task, and none twice."""
        browser.wait(lambda: self.shown_count(browser) == len(self.stage.records(task)),
                     lambda: f"{len(self.stage.records(task))} events shown; it shows {self.shown_count(browser)}", within)
