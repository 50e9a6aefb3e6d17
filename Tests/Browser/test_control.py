"""Cancel and answers: what the page says is what the gateway has said."""

from case import PageCase


class Control(PageCase):
    stage_options = {"pace": 250}

    def cancel(self, browser):
        browser.press("Cancel")
        browser.wait(lambda: browser.find("dialog[open]") or "ancelled" in browser.text() or "Cancelling" in browser.text(), "a cancel")
        if browser.find("dialog[open]"):
            browser.press("Cancel task")

    def cancel_when(self, text):
        browser = self.browser("operator")
        task = self.stage.submit("unknown-owner")
        browser.open(f"/tasks/{task}")
        browser.see(text)
        self.cancel(browser)
        self.stage.until(task, "canceled")
        browser.see("Cancelled by operator")
        verdicts = [record["data"]["verdict"] for record in self.stage.records(task) if record["kind"] == "verdict"]
        self.assertEqual(verdicts, ["stopped"])
        self.assert_whole(browser, task)

    def test_cancelled_while_the_alert_is_read(self):
        self.cancel_when("read_alert")

    def test_cancelled_while_evidence_is_gathered(self):
        self.cancel_when("trade_timing")

    def test_cancelled_while_a_question_waits(self):
        self.cancel_when("Your answer is needed")

    def test_an_agent_that_refuses_is_said_to_have_refused(self):
        browser = self.browser("operator")
        task = self.stage.conform("test-refuse-cancel")
        browser.open(f"/tasks/{task}")
        self.stage.until(task, "working")
        self.cancel(browser)
        browser.see("efused")
        self.assertNotIn("Cancelled by", browser.text())
        self.stage.until(task, "completed", "canceled", "failed")

    def test_a_cancel_of_what_has_ended_is_too_late(self):
        browser = self.browser("operator")
        task = self.stage.conform("test-slow")
        browser.open(f"/tasks/{task}")
        button = browser.button("Cancel")
        # The page draws nothing while nobody seems to look, and its person presses what is still there.
        browser.run("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
        self.stage.until(task, "completed")
        button.click()
        browser.run("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
        browser.see("Too late: the task finished at")
        self.assertNotIn("Cancelled", browser.text())
        browser.wait(lambda: not any(one.is_displayed() and one.text.startswith("Cancel") for one in browser.all("button")),
                     "no button that could do nothing")
        answer = self.stage.ask(f"/api/tasks/{task}:cancel", {}, status=True)
        self.assertEqual(answer, 409)

    def test_two_browsers_answer_at_once_and_one_is_first(self):
        task = self.stage.submit("unknown-owner")
        both = [self.browser().open(f"/tasks/{task}") for _ in range(2)]
        for browser in both:
            browser.see("Your answer is needed")
        for browser, value in zip(both, ("O-9200", "unknown")):
            choice = browser.wait(lambda: browser.find(f"input[type=radio][value='{value}']"), "the choice")
            browser.run("arguments[0].click()", choice)
        buttons = [browser.button("Send answer") for browser in both]
        for browser, button in zip(both, buttons):
            browser.run("setTimeout(() => arguments[0].click(), 0)", button)
        self.stage.until(task, "completed")
        answers = [record["data"] for record in self.stage.records(task) if record["kind"] == "answer"]
        self.assertEqual(len([one for one in answers]), 1, answers)
        for browser in both:
            browser.wait(lambda: browser.find(".verdict"), "the decision in both")
            self.assert_whole(browser, task)
            browser.expected.append("409")  # The second answer is refused, which the console of a browser notes.

    def test_time_is_up(self):
        task = self.stage.conform("test-ask-deadline")
        browser = self.browser().open(f"/tasks/{task}")
        self.stage.until(task, "completed")
        browser.see("Time is up")

    def test_buttons_are_those_that_the_policy_gives(self):
        before = self.stage.policy()
        self.addCleanup(self.stage.put_policy, before)
        task = self.stage.submit("unknown-owner")
        browser = self.browser().open(f"/tasks/{task}")

        def is_shown(text):
            return browser.run("""return [...document.querySelectorAll("button, nav a")].some((one) =>
                one.checkVisibility() && one.innerText.trim().startsWith(arguments[0]))""", text)

        browser.see("Your answer is needed")
        self.assertEqual([is_shown(text) for text in ("Send answer", "New alert", "Cancel task")], [True, True, False])
        # Under the old name, and on the page that is open, another right: to cancel everybody's, and to answer nothing.
        self.stage.put_policy({**before, "roles": {"analyst": [{"actions": ["watch", "cancel"], "tasks": "all"}]}})
        browser.see("An answer is needed")
        browser.wait(lambda: is_shown("Cancel task"), "a button that is allowed now")
        browser.wait(lambda: not is_shown("New alert"), "no way to what is not")
        self.assertFalse(is_shown("Send answer"))
        self.cancel(browser)
        self.stage.until(task, "canceled")
        browser.see("Cancelled by analyst")
        self.assertFalse(is_shown("Run again"))
