"""What the dashboard shows of somebody who talks to an agent."""

from case import PageCase
from conversation import begin_conversation

PROGRESS = "https://signalbox.dev/a2a/extensions/progress/v1"


class Conversation(PageCase):
    stage_options = {"talks": True, "pace": 300}

    def test_a_question_is_followed_to_its_answer_and_is_no_alert(self):
        browser = self.browser("operator").open("/help")
        browser.see("Live", ".pill")
        task = begin_conversation(browser, "Who owns the account A-9152?")
        browser.open(f"/tasks/{task}")
        browser.see("look_up", "main")
        self.stage.until(task, "completed")
        browser.see("Finished", "main")
        self.assert_whole(browser, task)
        page = browser.text("main")
        told = [record["data"] for record in self.stage.records(task)]
        answer = next(one["artifactUpdate"]["artifact"] for one in told if "artifactUpdate" in one)
        self.assertIn(answer["parts"][0]["text"], page)
        self.assertIn("No figures were made.", page)
        # The agent says that it is in its `review`, which is no station of an alert here.
        self.assertIn("review", [one.get("statusUpdate", {}).get("metadata", {}).get(PROGRESS, {}).get("phase") for one in told])
        for words in ("not reached", "Parsed", "Not decided yet", "The figures come with the decision"):
            self.assertNotIn(words, page)
        self.assertEqual([one.is_displayed() for one in browser.all(".stations, .decision")], [False, False])
