"""A browser's own `EventSource` on every event stream that the gateway has for people: whole, in order, over a gateway that is killed and
one that is drained, and to an end that it understands."""

import json

from conversation import begin_conversation
from event_source_case import EventSourceCase
from event_streams import ONE_TASK, POSTED, SESSION, TABLE, described, described_profiles, profiled
from hearing import CLOSED, OPEN, Hearing
from processes import eventually
from promises import names

AGENT = "conformance"
LOST = ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_CONNECTION_CLOSED", "ERR_EMPTY_RESPONSE", "ERR_INCOMPLETE_CHUNKED_ENCODING",
        "ERR_NETWORK_CHANGED", "WebSocket connection to", "ERR_FAILED"]


class EventSources(EventSourceCase):
    def test_each_stream_that_the_api_describes_has_a_row(self):
        openapi = self.stage.ask("/api/openapi.json")
        rows = [stream for group in TABLE.values() for stream in group]
        self.assertEqual(described(openapi, "get"), {stream.operation for stream in rows} | {SESSION})
        self.assertEqual(described(openapi, "post"), set(POSTED))
        self.assertEqual(described_profiles(openapi), {stream.profile for stream in rows if stream.operation == ONE_TASK})

    def follow(self, group):
        """Follows a task on the streams of one group, from its beginning to its end, over two ends of the gateway."""
        browser = self.browser("operator").open("/help")
        browser.expected += [*LOST, "status of 400"]
        browser.see("Live", ".pill")
        task = self.stage.conform("test-pause")
        other = self.stage.open_ingest(title="Trades of Friday")
        self.stage.ingest(other, [{"step": 1}], state="working")
        streams = [(stream, Hearing(browser, stream.at(task, AGENT, other))) for stream in TABLE[group]]

        def journals(stream):
            return self.journal(stream, self.tasks_of(stream, task, other), AGENT)
        self.at_tool(task, 1)
        self.hear_out(streams, journals)
        self.hear_silence(streams)
        for line, end in ((1, self.stage.gateway.kill), (2, lambda: self.stage.gateway.end())):
            self.work_on(task, other, line + 1)
            self.hear_out(streams, journals)
            end()
            self.stage.start_gateway()
            self.see_pictures(streams, line + 1)
        for tool in (4, 5):
            self.work_on(task, other, tool)
        self.stage.ask(f"/api/tasks/{task}/messages", {"text": "Go on."})
        self.stage.until(task, "completed")
        self.stage.ingest(other, [{"step": "last"}], state="completed")
        self.hear_out(streams, journals)
        answered = [self.look(stream, hearing, journals(stream), task) for stream, hearing in streams]
        rows = [stream for stream in TABLE[group] if stream.has_places and stream.last_answer] or TABLE["names"]
        self.come_late(browser, rows, task, other, journals)
        # Meanwhile others have come back and were sent away: these had the time for it as well.
        self.assertEqual([self.answers(hearing) for stream, hearing in streams if stream.last_answer], [one for one in answered if one])

    def look(self, stream, hearing, journal, task):
        """What was heard by one who was there all the time. Gives how its requests were answered."""
        with self.subTest(stream.title):
            answers = None
            if stream.last_answer is None:
                self.assertEqual(hearing.state, OPEN)
                hearing.close()
            else:
                answers = self.assert_stays_away(stream, hearing)
            self.assertEqual(hearing.opened, 3, "one line for each gateway")
            if stream.has_places:
                self.assert_heard(stream, hearing, journal)
                self.assert_about(stream, hearing, [None, "draining", "finished" if stream.last_answer else None])
            else:
                self.assert_pictured(hearing, journal, stream)
            self.assert_promised(stream, hearing, task, AGENT)
            return answers

    def assert_pictured(self, hearing, journal, stream):
        """Without places each line begins with how the task stands, and goes on from there: pieces of what is told, to the end."""
        tells, openings = self.split(stream, hearing)
        self.assertEqual([one["line"] for one in openings], [1, 2, 3])
        told = [data for _, data, _ in journal]
        behind = 0
        for line in (1, 2, 3):
            piece = [stream.document(one) for one in tells if one["line"] == line]
            self.assertTrue(piece, f"line {line} tells of something")
            start = told.index(piece[0], behind)
            self.assertEqual(piece, told[start:start + len(piece)], f"line {line}")
            behind = start + len(piece)
        self.assertEqual(behind, len(told), "the end was heard")
        if stream.is_first_notation:
            self.assertEqual([one for one in tells if '"final":true' in one["data"]], tells[-1:])

    def come_late(self, browser, rows, task, other, journals):
        """The task has ended: whoever comes now hears all of it, or what lies behind a place, once, and is sent away."""
        for is_whole in (True, False):
            late = []
            for stream in rows:
                if is_whole and "{place}" in stream.path:
                    continue  # The same as what has been heard.
                journal = journals(stream)
                place = journal[len(journal) // 2][2]
                rest = journal if is_whole else [one for one in journal if self.offset(one[2]) > self.offset(place)]
                self.assertGreater(len(rest), 0)
                behind = "earliest" if is_whole else place
                late.append((stream, Hearing(browser, stream.at(task, AGENT, other, behind)), rest))
            for stream, hearing, rest in late:
                with self.subTest(stream.title, place="beginning" if is_whole else "middle"):
                    self.assert_stays_away(stream, hearing)
                    tells, _ = self.split(stream, hearing, in_the_middle=not is_whole)
                    self.assertEqual([(one["name"], stream.document(one)) for one in tells], [(name, data) for name, data, _ in rest])

    @staticmethod
    def offset(place):
        return int(place.split(".")[1])

    def tasks_of(self, stream, task, other):
        if stream.operation == ONE_TASK or "{task}" in stream.operation or not stream.operation.startswith("/api/stream"):
            return [task]
        if stream.last_answer is not None:
            return [task, other]
        return [one["id"] for one in self.stage.ask("/api/tasks?limit=200")["tasks"]]

    def see_pictures(self, streams, line):
        """Who has no places hears nothing of what happens while the line is gone, so nothing does."""
        for stream, hearing in streams:
            if not stream.has_places:
                hearing.browser.wait(lambda: len(self.split(stream, hearing)[1]) == line, f"line {line} of {stream.title}")

    def hear_silence(self, streams):
        """Nothing happens; where a vocabulary has a word for that, it is heard."""
        for stream, hearing in streams:
            if stream.has_heartbeats():
                hearing.browser.wait(lambda: any(stream.is_heartbeat(one) for one in hearing.told), f"a heartbeat of {stream.title}")
                before, beat = next((one, two) for one, two in zip(hearing.told, hearing.told[1:]) if stream.is_heartbeat(two))
                self.assertEqual(beat["id"], before["id"], "it moves nobody's place")
                said = stream.document(beat)
                self.assertEqual(said.get("data", said)["status"], "processing")

    def at_tool(self, task, number):
        eventually(lambda: f"gated_{number}" in json.dumps(self.stage.records(task)), f"tool {number} of {task} begins")

    def work_on(self, task, other, tool):
        """The tool before this one ends, and this one begins; the producer tells of something, too."""
        self.stage.ask(f"/api/tasks/{task}/messages", {"text": "Go on."})
        self.stage.ingest(other, [{"step": tool}])
        self.at_tool(task, tool)

    # Whole runs

    def test_real_runs_are_told_as_the_documents_say(self):
        browser = self.browser("operator").open("/help")
        types = set()
        for begin in (self.alert, self.steps, self.failure, self.question, self.talk):
            with self.subTest(begin.__name__):
                task, agent = begin(browser)
                rows = [profiled("workflow"), profiled("simple"), TABLE["others"][0], profiled("a2a")]
                streams = [(stream, Hearing(browser, stream.at(task, agent))) for stream in rows]
                if begin == self.question:
                    self.hear_silence(streams)
                    self.stage.ask(f"/api/tasks/{task}/questions/q1:answer", {"values": {"cleared": "yes"}})
                for stream, hearing in streams:
                    browser.wait(lambda: hearing.state == CLOSED, f"{stream.title} closes", 60)
                for stream, hearing in streams:
                    with self.subTest(stream.title):
                        self.assert_heard(stream, hearing, self.journal(stream, [task], agent))
                        self.assert_promised(stream, hearing, task, agent)
                        self.assert_stays_away(stream, hearing)
                types |= {json.loads(one["data"])["type"] for one in streams[0][1].told}
        self.assertEqual(types, names()[0]["workflow"], "every type of the workflow was heard")

    def alert(self, _):
        return self.stage.submit("clear-insider"), "orchestrator"

    def steps(self, _):
        return self.stage.conform("test-progress"), AGENT

    def failure(self, _):
        return self.stage.conform("test-fail"), AGENT

    def question(self, _):
        return self.stage.conform("test-question"), AGENT

    def talk(self, browser):
        return begin_conversation(browser, "Who owns the account A-9152?"), "reasoning"

    # From now on

    def test_a_stream_of_all_tasks_begins_with_how_they_stand(self):
        browser = self.browser("operator").open("/help")
        browser.expected += LOST
        browser.see("Live", ".pill")
        known = self.stage.open_ingest(title="Trades of Monday")
        self.stage.ingest(known, [{"step": 1}], state="working")
        hearing = Hearing(browser, "/api/stream?all")
        browser.wait(lambda: len(hearing.events) == 3, "the picture comes")
        picture = json.loads(hearing.events[2]["data"])
        self.assertEqual({one["id"]: one["lastSeq"] for one in picture["tasks"]}[known], 2)
        begun = self.stage.open_ingest(title="Trades of Tuesday")
        for line, end in enumerate((self.stage.gateway.kill, lambda: self.stage.gateway.end()), 1):
            browser.wait(lambda: hearing.opened == line, f"line {line}")
            self.stage.ingest(known, [{"step": 2}], state="working")
            self.stage.ingest(begun, [{"step": 1}, {"step": 2}])
            end()
            self.stage.start_gateway()
        self.stage.ingest(begun, [{"step": "last"}], state="completed")
        stream = TABLE["records"][2]

        def journal(_):
            all_of_it = self.journal(stream, self.tasks_of(stream, known, begun), AGENT)
            return [one for one in all_of_it if self.offset(one[2]) > self.offset(picture["cursor"])]
        self.hear_out([(stream, hearing)], journal)
        self.assertEqual(hearing.opened, 3)
        self.assert_heard(stream, hearing, journal(stream))
        said = [(one["name"], json.loads(one["data"]).get("status")) for one in hearing.about() if one["name"] != "bye"]
        again = [("grant", None), ("resume", "continued")]
        self.assertEqual(said, [("grant", None), ("resume", "snapshot"), ("snapshot", None), *again, *again])
        self.assertEqual(hearing.state, OPEN)

    # The right to listen

    def test_the_stream_of_a_session_goes_on_by_itself_and_stays_away_when_that_is_over(self):
        browser = self.browser("operator").open("/help")
        browser.expected += [*LOST, "401"]
        browser.see("Live", ".pill")
        hearing = Hearing(browser, SESSION)
        browser.wait(lambda: len(hearing.events) == 1, "the right is told")
        self.stage.gateway.kill()
        self.stage.start_gateway()
        browser.wait(lambda: len(hearing.events) == 2, "the right is told again")
        self.stage.end_sessions("operator")
        browser.wait(lambda: hearing.state == CLOSED, "it closes")
        said = [(one["name"], one["line"], json.loads(one["data"])) for one in hearing.events]
        self.assertEqual([(name, line) for name, line, _ in said], [("grant", 1), ("grant", 2), ("bye", 2)])
        rights = [(data["principal"], data["credential"]) for name, _, data in said if name == "grant"]
        self.assertEqual(rights, [("operator", "session")] * 2)
        self.assertEqual(said[-1][2], {"reason": "revoked"})
        self.assertEqual(self.answers(hearing)[-1], 401)


def _test(group):
    def test(self):
        self.follow(group)
    return test


for _group in TABLE:
    setattr(EventSources, f"test_{_group}_go_on_over_two_ends_of_the_gateway", _test(_group))
