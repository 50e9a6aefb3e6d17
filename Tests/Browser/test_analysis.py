"""What an analyst does: hand in an alert, watch, answer, read the decision, say what one thinks of it."""

from case import PageCase
from stage import ROOT


class Analysis(PageCase):
    def hand_in(self, browser, example):
        """Hands in a file on the page for that, and gives the task's id."""
        browser.open("/new")
        field = browser.wait(lambda: browser.find("input[type=file]"), "a field for files")
        field.send_keys(f"{ROOT}/examples/alerts/{example}.xml")
        browser.press("Start")
        browser.wait(lambda: browser.path.startswith("/tasks/") or browser.find("main a[href^='/tasks/']"), "the task")
        if not browser.path.startswith("/tasks/"):
            browser.find("main a[href^='/tasks/']").click()
        browser.wait(lambda: browser.path.startswith("/tasks/"), "the task's page")
        return browser.path.split("/")[2]

    def test_an_alert_with_a_question_from_the_file_to_the_accepted_decision(self):
        browser = self.browser()
        task = self.hand_in(browser, "unknown-owner")
        browser.see("Your answer is needed")
        browser.wait(lambda: "nswer needed" in browser.driver.title, "the title says it")
        browser.see("Who is the ultimate owner of account A-9201?")
        choice = browser.wait(lambda: browser.find("input[type=radio][value='O-9200']"), "the choice")
        browser.run("arguments[0].click()", choice)
        browser.press("Send answer")
        self.stage.until(task, "completed")
        browser.wait(lambda: browser.find(".verdict"), "the decision")
        self.assert_whole(browser, task)
        decided = next(record["data"]["artifactUpdate"]["artifact"] for record in self.stage.records(task)
                       if record["data"].get("artifactUpdate", {}).get("artifact", {}).get("artifactId") == "decision")
        finding = decided["parts"][0]["data"]["key_findings"][0]
        browser.see(finding)
        self.assertGreaterEqual(len(browser.all("figure svg[role=img]")), 2)
        browser.press("Accept")
        browser.see("You (analyst) accepted this", within=15)
        reviews = [record["data"] for record in self.stage.records(task) if record["data"].get("command") == "review"]
        self.assertEqual([(one["opinion"], one["by"]) for one in reviews], [("accept", "analyst")])
        # Who opens it later sees the same.
        later = self.browser("operator").open(f"/tasks/{task}")
        later.see("analyst accepted this")
        later.see(finding)

    def test_a_decision_is_not_disagreed_with_without_a_reason(self):
        task = self.stage.submit("clear-insider")
        self.stage.until(task, "completed")
        browser = self.browser().open(f"/tasks/{task}")
        browser.press("Disagree")
        field = browser.wait(lambda: browser.find("dialog[open] textarea, dialog[open] input"), "a field for the reason")
        browser.press("Send")
        browser.see("A reason is needed", "dialog[open]")
        field.send_keys("The clerk was on leave, and the order was the desk's.")
        browser.press("Send")
        browser.see("The clerk was on leave", ".reviews", within=15)
        reviews = [record["data"] for record in self.stage.records(task) if record["data"].get("command") == "review"]
        self.assertEqual([one["opinion"] for one in reviews], ["disagree"])
        self.browser("operator").open(f"/tasks/{task}").see("The clerk was on leave", ".reviews")

    def test_a_reload_in_the_middle_loses_nothing(self):
        task = self.stage.submit("unknown-owner")
        browser = self.browser().open(f"/tasks/{task}")
        browser.see("read_alert")
        browser.driver.refresh()
        browser.see("Your answer is needed")
        self.assert_whole(browser, task)
        area = browser.wait(lambda: browser.find("input[name='other'], input[type=text]"), "the field")
        area.send_keys("O-9200")
        browser.driver.refresh()
        browser.see("Your answer is needed")
        browser.wait(lambda: any(one.get_attribute("value") == "O-9200" for one in browser.all("form input")), "the draft is there again")

    def test_a_broken_file_fails_at_once_and_says_where(self):
        browser = self.browser()
        self.hand_in(browser, "broken")
        browser.see("line 7, column 26")
        browser.see("Failed")
        self.assertTrue(browser.button("Upload a corrected file"))

    def test_a_question_is_found_from_any_page(self):
        browser = self.browser().open("/agents")
        browser.see("orchestrator")
        task = self.stage.submit("lapsed-maker")
        self.stage.until(task, "input-required")
        browser.wait(lambda: "nswer needed" in browser.driver.title, "the title says it", within=3)
        browser.see("exemption in force", within=3)
        browser.run("document.body.focus()")
        browser.keys("a")
        browser.wait(lambda: browser.path == f"/tasks/{task}", "the key `a` goes to it")
        browser.see("Your answer is needed")

    def test_a_sample_alert_is_one_click_away(self):
        browser = self.browser().open("/new")
        sample = browser.wait(lambda: browser.find("[data-sample]"), "samples")
        browser.run("arguments[0].scrollIntoView({block: 'center'})", sample)
        sample.click()
        browser.wait(lambda: browser.path.startswith("/tasks/") or browser.find("main a[href^='/tasks/']"), "its task")

    def test_a_reason_leads_to_its_tool_whatever_hides_it(self):
        task = self.stage.submit("layered-wash")
        self.stage.until(task, "completed")
        browser = self.browser().open(f"/tasks/{task}?view=list")
        there = "return document.activeElement?.closest('[id^=call-]')?.id ?? null"
        link = browser.wait(lambda: browser.find(".decision a[href^='#call-']"), "a reason's tool")
        wanted = browser.run("return arguments[0].hash.slice(1)", link)
        for hide in ("", "3"):
            browser.keys(hide)
            browser.run("arguments[0].click()", link)
            browser.wait(lambda: browser.run(there) == wanted, "the tool's row has the focus")
            self.assertNotIn("view=", browser.run("return location.search"))
        for group in browser.all(".tools .row.agent .toggle"):
            browser.run("arguments[0].click()", group)
        browser.wait(lambda: not browser.find(f"[id='{wanted}']"), "the rows are folded")
        browser.run("arguments[0].click()", link)
        browser.wait(lambda: browser.run(there) == wanted, "the tool's row has the focus again")

    def test_an_agent_that_was_chosen_elsewhere_is_chosen(self):
        browser = self.browser().open("/agents/wash-trade")
        browser.press("New task")
        browser.wait(lambda: browser.run("return document.querySelector('main select')?.value") == "wash-trade", "the agent")
