"""Whose browser it is changes while a page is open: the session's time is up, or somebody else signs in with it."""

import base64
import hashlib
import hmac
import json
import os
import tempfile
import time

from case import PageCase

ISSUER, AUDIENCE = "https://issuer.example", "signalbox"
# The session of a token ends when the token does, which makes one as short as a test wants it.
OPEN_SESSION = """
  const done = arguments[arguments.length - 1];
  fetch("/api/session", {method: "POST", headers: {authorization: `Bearer ${arguments[0]}`}}).then(({status}) => done(status));"""


def written(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


class Session(PageCase):
    @classmethod
    def setUpClass(cls):
        handle, path = tempfile.mkstemp(prefix="signalbox-secret-")  # Readable by its owner alone.
        cls.addClassCleanup(os.remove, path)
        cls.secret = os.urandom(48).hex().encode()
        os.write(handle, cls.secret)
        os.close(handle)
        cls.stage_options = {"settings": {"tokens": {
            "issuer": ISSUER, "audiences": [AUDIENCE], "algorithms": ["HS256"], "secret": path, "clockSkewSeconds": 0}}}
        super().setUpClass()

    def token(self, seconds, subject="operator"):
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": subject, "exp": int(time.time()) + seconds}
        said = ".".join(written(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
        return f"{said}.{written(hmac.new(self.secret, said.encode(), hashlib.sha256).digest())}"

    def asking(self):
        task = self.stage.submit("unknown-owner")
        self.stage.until(task, "input-required")
        return task

    def field(self, browser):
        return browser.wait(lambda: browser.find("form input[name=other], form input[type=text]"), "the field")

    def typed(self, browser):
        """What stands in the field; nothing where it is not there."""
        return browser.run("return document.querySelector('form input[name=other], form input[type=text]')?.value ?? ''")

    def test_a_session_whose_time_is_up_is_said_and_one_goes_on_where_one_was(self):
        task = self.asking()
        browser = self.browser(sign_in=None)
        browser.expected += ["401", "WebSocket connection to"]
        browser.open("/help")
        seconds = 8
        self.assertEqual(browser.run_async(OPEN_SESSION, self.token(seconds)), 200)
        browser.open(f"/tasks/{task}")
        browser.see("Your session ends at", ".notices")
        first = browser.driver.current_window_handle
        second = browser.tab()
        browser.open("/agents")
        browser.see("orchestrator", "main")
        browser.driver.switch_to.window(first)
        self.field(browser).send_keys("O-92")
        browser.see("Your session has ended", "main", within=seconds + 10)
        browser.see("Its time is over", "main")
        browser.see("Signed out", ".pill")
        self.assertNotIn("Who is the ultimate owner", browser.text(), "nothing of the one who was signed in stays on the page")
        self.assertIn("Your session has ended", browser.driver.title)
        browser.press("Sign in again")
        browser.see("Sign in", "h1")
        browser.sign_in("operator")
        self.assertEqual(browser.path, f"/tasks/{task}")
        browser.wait(lambda: self.typed(browser) == "O-92", "the draft is there again")
        self.field(browser).send_keys("00")
        browser.press("Send answer")
        self.stage.until(task, "completed")
        browser.wait(lambda: browser.find(".verdict"), "the decision")
        self.assert_whole(browser, task)
        answers = [record["data"] for record in self.stage.records(task) if record["kind"] == "answer"]
        self.assertEqual([one["values"].get("other") for one in answers], ["O-9200"])
        # The other tab finds by itself that one is in again.
        browser.driver.switch_to.window(second)
        browser.see("orchestrator", "main")
        browser.see("Live", ".pill")
        self.assertEqual(browser.path, "/agents")

    def test_what_one_had_before_another_signed_in_is_gone_and_comes_back_with_them(self):
        task = self.asking()
        browser = self.browser("analyst").open(f"/tasks/{task}")
        browser.expected += ["401", "WebSocket connection to"]
        self.field(browser).send_keys("only the analyst knows")
        mine = browser.driver.current_window_handle
        browser.tab()
        self.become(browser, "operator")
        browser.driver.switch_to.window(mine)
        self.is_now(browser, "operator")
        browser.see("Who is the ultimate owner")
        self.assertEqual(self.typed(browser), "", "the draft of somebody else")
        self.assert_whole(browser, task)
        browser.tab()
        self.become(browser, "analyst")
        browser.driver.switch_to.window(mine)
        self.is_now(browser, "analyst")
        browser.wait(lambda: self.typed(browser) == "only the analyst knows", "one's own draft is there again")
        self.assertEqual(self.stage.state(task), "input-required")

    def become(self, browser, who):
        browser.driver.get(self.stage.link(who))
        browser.see("You are signed in", "h1")
        browser.press("Use the new link instead")
        browser.wait(lambda: browser.path != "/sign-in", "signed in")
        self.is_now(browser, who)

    def is_now(self, browser, who):
        label = "return document.querySelector('.bar-end [aria-label^=\"Signed in\"]:not([hidden])')?.ariaLabel ?? ''"
        browser.wait(lambda: browser.run(label) == f"Signed in as {who}", lambda: f"the bar names {who}: “{browser.run(label)}”")
