"""What tests with a browser's own `EventSource` have in common: what there is to tell, and whether just that was heard."""

import json

from case import PageCase
from event_streams import AREA
from hearing import CLOSED
from promises import Promises


class EventSourceCase(PageCase):
    # Come back soon; and say soon that there is silence.
    stage_options = {"talks": True, "settings": {"streams.retryMilliseconds": 300, "streams.heartbeatSeconds": 1}}

    # What there is to tell, by the pages of the API

    def journal(self, stream, tasks, agent):
        """All events of these tasks in the words of this stream, in order: name, data, and the place of its record."""
        if stream.profile == "native":
            epoch = self.stage.ask(f"/api/tasks/{tasks[0]}")["cursor"].split(".")[0]
            records = sorted((record for task in tasks for record in self.stage.records(task)), key=lambda one: one["offset"])
            return [("message", record, f"{epoch}.{record['offset']}") for record in records]
        told, after = [], "earliest"
        while True:
            page = self.stage.ask(f"/api/tasks/{tasks[0]}/events?profile={stream.profile}&limit=1000&after={after}")
            told += [(one.get("event", "message"), one["data"], one["id"]) for one in page["told"]]
            if page["complete"]:
                break
            after = page["next"]
        if stream.operation.startswith(AREA):
            self.assertEqual([data for _, data, _ in told], self.area_pages(tasks[0], agent), "the pages of AgentArea's own API")
        return told

    def area_pages(self, task, agent):
        events, number = [], 0
        while True:
            number += 1
            page = self.stage.ask(f"{AREA.format(task=task, agent=agent)}/events?page={number}&page_size=20")
            events += page["events"]
            if not page["has_next"]:
                return events

    # What was heard

    def split(self, stream, hearing, in_the_middle=False):
        """What tells of the task, and what lines began with. `in_the_middle`: its first line did not begin with the task."""
        tells, openings, begun = [], [], set()
        for event in hearing.told:
            if stream.is_heartbeat(event):
                continue
            is_first = event["line"] not in begun
            begun.add(event["line"])
            has_opening = stream.profile == "agentarea" or in_the_middle or not stream.has_places or event["line"] > 1
            (openings if is_first and has_opening and stream.is_opening(event) else tells).append(event)
        return tells, openings

    def has_heard(self, stream, hearing, journal):
        """Whether it has come as far as the journal; whether it was told rightly is looked at in the end."""
        tells, openings = self.split(stream, hearing)
        if stream.has_places:
            return len(tells) >= len(journal)
        # What was told before a line began is in the picture that it begins with.
        return journal[-1][1] in map(stream.document, tells) if tells else bool(openings)

    def hear_out(self, streams, journals):
        """Waits until all have heard what is in the journal, which may grow meanwhile."""
        for stream, hearing in streams:
            journal, before = journals(stream), None
            while journal != before:
                hearing.browser.wait(lambda: self.has_heard(stream, hearing, journal),
                                     lambda: f"{stream.title} hears all: {len(self.split(stream, hearing)[0])} of {len(journal)} events, "
                                             f"readyState {hearing.state}")
                journal, before = journals(stream), journal

    def assert_heard(self, stream, hearing, journal):
        """Just what is in the journal: in order, without a gap, nothing twice and nothing of anybody else, each at its place."""
        tells, openings = self.split(stream, hearing)
        self.assertEqual([(one["name"], stream.document(one)) for one in tells], [(name, data) for name, data, _ in journal])
        for index, (one, (_, _, place)) in enumerate(zip(tells, journal)):
            # Of several events of one record the last one has its place.
            if index + 1 == len(journal) or journal[index + 1][2] != place:
                self.assertEqual(one["id"], place)
        lines = range(1 if stream.profile == "agentarea" else 2, hearing.opened + 1)
        begins = stream.profile in ("agentarea", "a2a", "a2a-0.3")
        self.assertEqual([one["line"] for one in openings], list(lines) if begins else [], "what lines begin with")

    def assert_about(self, stream, hearing, ends):
        """What was said about the stream; `ends`: the last word of each line, None for those that broke."""
        for line, end in enumerate(ends, 1):
            said = [(one["name"], json.loads(one["data"])) for one in hearing.about(line)]
            farewell = [("bye", {"reason": end})] if end and not (end == "finished" and stream.is_quiet()) else []
            self.assertEqual([one for one in said if one[0] == "bye"], farewell, f"line {line}")
            beginning = said[:2]
            if stream.is_quiet():
                self.assertEqual(beginning, farewell, f"line {line} says nothing about itself")
                continue
            self.assertEqual([name for name, _ in beginning], ["grant", "resume"], f"line {line}")
            self.assertEqual(beginning[1][1]["status"], "continued")

    def assert_promised(self, stream, hearing, task, agent):
        """Each event is as the documents of its vocabulary say."""
        tells, _ = self.split(stream, hearing)
        Promises(self, task, agent).look(stream.profile, [one for one in tells if task in one["data"]])

    # What the gateway was asked

    def answers(self, hearing):
        """How each request of this `EventSource` was answered, as the gateway's log has it. One that was cut by a kill is not in it."""
        with open(f"{self.stage.folder}/gateway.log") as log:
            lines = [json.loads(line) for line in log if hearing.path in line and line.endswith("}\n")]
        return [line["status"] for line in lines if line.get("target") == hearing.path]

    def assert_stays_away(self, stream, hearing):
        """It has closed itself, because of how it was answered when it came back. Gives all answers, to which none may be added."""
        hearing.browser.wait(lambda: hearing.state == CLOSED, lambda: f"{stream.title} closes; it is {hearing.state}")
        answers = self.answers(hearing)
        self.assertEqual((answers[-1], answers.count(answers[-1])), (stream.last_answer, 1), answers)
        return answers
