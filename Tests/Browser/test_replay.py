"""A finished task gone through once more: the page shows what was so at each moment, and nothing can be sent meanwhile."""

from browser import Keys
from case import PageCase

# What of the page could send something, and can be pressed.
LIVE_CONTROLS = """
  const words = /^(Cancel|Pause|Resume|Run again|Accept|Disagree|Change the reason|Send answer|Tell the agent|I cannot answer)/;
  return [...document.querySelectorAll("main button")].filter((one) => !one.closest(".replay, .log") && words.test(one.innerText) &&
    one.checkVisibility() && !one.matches(":disabled") && one.getAttribute("aria-disabled") !== "true").map(({innerText}) => innerText);"""
TOOLS = "return [...document.querySelectorAll('.tools .rows li[id^=call-]')].filter((one) => one.checkVisibility()).length"
VERDICT = "return [...document.querySelectorAll('.verdict')].some((one) => one.checkVisibility())"
# How long it takes to the end, in milliseconds.
PLAY = """
  const done = arguments[arguments.length - 1];
  const slider = document.querySelector(".replay input");
  const began = performance.now();
  const look = () => (slider.value === slider.max ? done(performance.now() - began) : requestAnimationFrame(look));
  document.querySelector(".replay button").click();
  look();"""
SCRUB = """
  const slider = document.querySelector(".replay input[type=range]");
  slider.value = arguments[0];
  slider.dispatchEvent(new InputEvent("input", {bubbles: true}));"""
DAY = 86_400


def seconds(text):
    """Of 09:42:08.123, with or without what is before it and behind it."""
    hours, minutes, rest = text.split("T")[-1].rstrip("Z").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def after(moment, other):
    """How many seconds the one is after the other; a day may have ended between them."""
    return (moment - other + DAY / 2) % DAY - DAY / 2


class Replay(PageCase):
    stage_options = {"pace": 200}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task = cls.stage.submit("unknown-owner")
        cls.stage.until(cls.task, "input-required")
        question = next(record["data"]["question"] for record in cls.stage.records(cls.task) if record["kind"] == "question")
        cls.stage.ask(f"/api/tasks/{cls.task}/questions/{question}:answer", {"values": {"answer": "O-9200"}})
        cls.stage.until(cls.task, "completed")
        cls.records = cls.stage.records(cls.task)

    def begin(self):
        browser = self.browser("operator").open(f"/tasks/{self.task}")
        browser.wait(lambda: browser.find(".verdict"), "the decision")
        self.assert_whole(browser, self.task)
        self.assertTrue(browser.run(LIVE_CONTROLS), "outside a replay there is something to press")
        browser.press("Replay")
        browser.see("Replay,", ".replay")
        browser.see("Commands are off during the replay.")
        return browser

    def stand_at(self, browser, place):
        browser.run(SCRUB, place)
        # What is shown is drawn in a frame of its own.
        browser.run_async("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
        return self.moment(browser)

    def moment(self, browser):
        return seconds(browser.find(".replay input").get_attribute("aria-valuetext").split(" UTC")[0])

    def until(self, moment):
        """The records that had come by then."""
        return [one for one in self.records if after(seconds(one["time"]), moment) <= 0]

    def reports(self, records, wanted):
        found = []
        for record in records:
            for report in (record["data"].get("statusUpdate", {}).get("metadata") or {}).values():
                if isinstance(report, dict) and report.get("type") == wanted:
                    found.append(report)
        return found

    def test_any_moment_is_shown_as_it_was(self):
        browser = self.begin()
        browser.press("Pause")
        seen = set()
        for place in (0, 50, 150, 300, 450, 600, 750, 900, 1000):
            moment = self.stand_at(browser, place)
            # The time is written to the tenth of a second.
            least, most = self.until(moment), self.until(moment + 0.1)
            # The log is drawn a few times a second.
            browser.wait(lambda: len(least) <= self.shown_count(browser) <= len(most),
                         lambda: f"at {place}: {self.shown_count(browser)} events; {len(least)} to {len(most)} had come", 5)
            count = self.shown_count(browser)
            tools = browser.run(TOOLS)
            self.assertTrue(len(self.reports(least, "tool_started")) <= tools <= len(self.reports(most, "tool_started")), f"at {place}: {tools} tools")
            self.assertEqual(browser.run(VERDICT), count == len(self.records) or self.has_decision(self.records[:count]), f"at {place}")
            self.assertEqual(browser.run(LIVE_CONTROLS), [], f"at {place}")
            seen.add(count)
        self.assertGreater(len(seen), 5, "moments that differ")
        self.assertEqual(max(seen), len(self.records))
        self.assertIn("Answer", self.text_at_question(browser))
        browser.press("Back to the end")
        browser.wait(lambda: browser.find(".verdict"), "the decision")
        self.assert_whole(browser, self.task)
        self.assertFalse(browser.find(".replay").is_displayed())
        self.assertIn("Run again", browser.run(LIVE_CONTROLS))

    def has_decision(self, records):
        return any(one["data"].get("artifactUpdate", {}).get("artifact", {}).get("artifactId") == "decision" for one in records)

    def text_at_question(self, browser):
        """While the question was open the page asked it, and nobody can answer it now."""
        for place in range(0, 1001, 20):
            count = len(self.until(self.stand_at(browser, place)))
            if self.records[count - 1]["kind"] == "question":
                self.assertEqual(browser.run(LIVE_CONTROLS), [])
                browser.see("Who is the ultimate owner", ".questions")
                return browser.text(".questions")
        return "Answer: no such moment"

    def test_it_plays_at_each_speed_to_the_end_and_stands_there(self):
        browser = self.begin()
        browser.press("Pause")
        browser.find(".replay input").send_keys(Keys.HOME)
        browser.wait(lambda: len(self.until(self.moment(browser) + 0.1)) >= self.shown_count(browser), "the start")
        lengths = {}
        for speed in ("1×", "5×", "10×", "50×"):
            browser.press(speed)
            self.assertEqual([one.text for one in browser.all(".replay [aria-pressed=true]")], [speed])
            self.stand_at(browser, 0)
            lengths[speed] = browser.run_async(PLAY) / 1000
        print(f"replay: {', '.join(f'{length:.2f} s at {speed}' for speed, length in lengths.items())}")
        for speed, times in (("5×", 5), ("10×", 10)):
            self.assertAlmostEqual(lengths[speed] * times / lengths["1×"], 1, delta=0.5, msg=lengths)
        self.assertLess(lengths["50×"], lengths["10×"] * 0.6)
        browser.press("50×")
        self.stand_at(browser, 0)
        browser.press("Play")
        browser.wait(lambda: browser.find(".replay input").get_attribute("value") == "1000", "the end", within=20)
        browser.see("Play", ".replay")
        browser.wait(lambda: self.shown_count(browser) == len(self.records), "all events at the end")
        browser.keys(Keys.ESCAPE)
        browser.wait(lambda: not browser.find(".replay").is_displayed(), "Escape leaves the replay")
        self.assertIn("Run again", browser.run(LIVE_CONTROLS))
