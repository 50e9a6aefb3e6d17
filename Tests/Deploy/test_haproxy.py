"""deploy/haproxy.cfg, by which a real HAProxy passes streams, WebSockets and client certificates on to two real gateways."""

import json
import queue
import signal
import ssl
import threading
import time
import unittest

from line import Caller, EventStream, WebSocket
from processes import eventually
from row import Row


class Balanced(unittest.TestCase):
    """One row for all tests; each begins with both gateways up and HAProxy at the first of them."""

    row: Row

    @classmethod
    def setUpClass(cls) -> None:
        cls.row = Row()
        cls.addClassCleanup(cls.row.close)

    def setUp(self) -> None:
        for name in ("gateway1", "gateway2"):
            if self.row.gateways[name].process.poll() is not None:
                self.row.start_gateway(name)
        self.row.use("gateway1")
        self.operator = Caller(self.row)
        self.producer = Caller(self.row, "agent-demo-agent", "agents")

    def open_task(self) -> str:
        """By a producer, at whichever gateway HAProxy chooses."""
        status, made = self.producer.ask("POST", "/ingest/tasks", {"agent": "producer"})
        self.assertEqual(status, 201, made)
        return str(made["id"])

    def publish(self, task: str, number: int, gateway: str | None = None) -> None:
        status, told = self.producer.ask("POST", f"/ingest/tasks/{task}/events?state=working", {"number": number}, gateway)
        self.assertEqual(status, 201, told)

    def watch(self, task: str) -> EventStream:
        stream = EventStream(self.operator, f"/api/stream/{task}")
        self.addCleanup(stream.close)
        return stream

    def test_a_stream_goes_on_through_silence_and_through_work(self) -> None:
        task = self.open_task()
        stream = self.watch(task)
        self.assertEqual([record["seq"] for record in stream.records(1)], [1])
        # Three times as long as HAProxy waits for the two sides of a connection that is not through yet; nobody says a word meanwhile.
        with self.assertRaises(queue.Empty):
            while stream.next(3) is not None:
                pass
        for number in range(100):
            self.publish(task, number)
        self.assertEqual([record["seq"] for record in stream.records(100)], list(range(2, 102)))

    def test_a_websocket_goes_through_both_ways(self) -> None:
        task = self.open_task()
        socket = WebSocket(self.operator)
        self.addCleanup(socket.close)
        self.assertEqual(socket.until("welcome")[0]["principal"], "operator")
        socket.send(type="subscribe", id="1", task=task)
        self.assertEqual(socket.until("ack")[0]["id"], "1")
        for number in range(20):
            self.publish(task, number)
        self.assertEqual([one["record"]["seq"] for one in socket.until("event", 21)], list(range(1, 22)))
        socket.send(type="ping", id="2")
        self.assertEqual(socket.until("ack")[0]["id"], "2")

    def test_client_certificates_reach_the_gateway(self) -> None:
        _, session = self.operator.ask("GET", "/api/session")
        self.assertEqual((session["principal"], session["credential"]), ("operator", "certificate"))
        with self.assertRaises((ssl.SSLError, ConnectionError)):  # TLS 1.3 tells of it with the first bytes after the handshake.
            Caller(self.row, None, "agents").ask("GET", "/healthz")
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            Caller(self.row, "operator-demo", "agents").ask("GET", "/healthz")
        self.assertEqual(Caller(self.row, None).ask("GET", "/api/session")[0], 401)

    def test_a_gateway_that_drains_gets_nothing_new_and_finishes_what_it_has(self) -> None:
        task = self.open_task()
        stream = self.watch(task)
        stream.records(1)
        self.row.use("gateway1", "gateway2")
        refused = Refusals(Caller(self.row, None))
        with refused:
            gateway = self.row.gateways["gateway1"].process
            gateway.send_signal(signal.SIGTERM)
            self.row.until("gateway1", "DOWN")
            self.assertIsNone(gateway.poll(), "it ended before HAProxy had noticed that it would")
            # It still takes work from who comes past HAProxy, and whoever watches sees that.
            self.publish(task, 1, gateway="gateway1")
            self.assertEqual([record["seq"] for record in stream.records(1)], [2])
            # What is new goes to the other.
            later = self.open_task()
            self.assertEqual(Caller(self.row).ask("GET", f"/api/tasks/{later}", gateway="gateway2")[0], 200)
            again = self.watch(later)
            self.assertEqual(json.loads(stream.until("bye")["data"])["reason"], "draining")
            self.assertEqual(gateway.wait(30), 0)
            self.assertEqual(again.records(1)[0]["task"], later)
        self.assertEqual(refused.found, [])
        self.assertGreater(refused.asked, 20)
        self.row.start_gateway("gateway1")
        self.row.until("gateway1", "UP")

    def test_a_gateway_that_dies_costs_nobody_who_comes_later(self) -> None:
        self.row.use("gateway1", "gateway2")
        refused = Refusals(Caller(self.row, None))
        self.row.gateways["gateway2"].kill()
        with refused:
            self.row.until("gateway2", "DOWN")
        self.assertEqual(refused.found, [])
        self.assertGreater(refused.asked, 5)


class Refusals:
    """Somebody who comes again and again meanwhile, each time on a new connection."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.asked = 0
        self.found: list[str] = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._ask)

    def _ask(self) -> None:
        while not self.over.wait(0.05):
            try:
                status, _ = self.caller.ask("GET", "/healthz")
                self.asked += 1
                if status != 200:
                    self.found.append(f"{time.monotonic()}: {status}")
            except OSError as error:
                self.found.append(f"{time.monotonic()}: {error!r}")

    def __enter__(self) -> None:
        self.thread.start()
        eventually(lambda: self.asked > 0 or self.found, "somebody was answered")

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()


if __name__ == "__main__":
    unittest.main()
