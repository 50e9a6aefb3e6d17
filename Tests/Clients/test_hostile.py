"""A server that says things twice, leaves some out, breaks off and answers badly: what a gateway does not do, and a proxy may."""

import asyncio
import json
import unittest

from case import DEADLINE, records

from signalbox_client import Gateway, GatewayError, Record, backoff

HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
RESUME = 'event: resume\nretry: 10\nid: e.0\ndata: {"status":"continued"}\n\n'


def record(seq: int, task: str = "t") -> str:
    """One as the stream has it."""
    data = {"offset": seq, "task": task, "seq": seq, "time": "2026-03-01T07:00:00.000Z", "kind": "event", "origin": "a", "data": {}}
    return f"id: e.{seq}\ndata: {json.dumps(data)}\n\n"


def bye(reason: str) -> str:
    """The last word of a stream."""
    return f'event: bye\ndata: {{"reason":"{reason}"}}\n\n'


class HostileTests(unittest.IsolatedAsyncioTestCase):
    """`self.asked`: the place that each request named."""

    async def asyncSetUp(self) -> None:
        asyncio.get_running_loop().slow_callback_duration = 5  # Making a client reads the system's certificates.
        self.asked: list[str | None] = []
        steps = backoff.STEPS
        backoff.STEPS = (0.01,)
        self.addCleanup(setattr, backoff, "STEPS", steps)

    async def told(self, *answers: str, tries: int = 5) -> list[int]:
        """The numbers that a watch tells, where these are the server's answers, one for each request."""
        left = list(answers)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            places = [line.partition(":")[2].strip() for line in head.splitlines() if line.lower().startswith("last-event-id:")]
            self.asked.append(places[0] if places else None)
            writer.write((left.pop(0) if left else "").encode())
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server, Gateway(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}") as gateway:
            news = await asyncio.wait_for(records(gateway.watch("t", tries=tries)), DEADLINE)
        return [one.seq for one in news if isinstance(one, Record)]

    async def fails(self, code: str, *answers: str, tries: int = 5) -> GatewayError:
        """The error that such a watch ends with."""
        with self.assertRaises(GatewayError) as caught:
            await self.told(*answers, tries=tries)
        self.assertEqual(caught.exception.code, code)
        return caught.exception

    async def test_what_comes_twice_is_told_once_and_the_place_is_kept(self) -> None:
        told = await self.told(
            HEAD + RESUME + record(1) + record(2) + record(2), HEAD + RESUME + record(1) + record(2) + record(3) + bye("draining"),
            HEAD + RESUME + ":\n\n" + record(4) + bye("finished"))
        self.assertEqual((told, self.asked), ([1, 2, 3, 4], [None, "e.2", "e.3"]))

    async def test_a_record_that_is_cut_off_half_way_comes_again(self) -> None:
        self.assertEqual(await self.told(HEAD + RESUME + record(1) + record(2)[:40], HEAD + RESUME + record(2) + bye("finished")), [1, 2])
        self.assertEqual(self.asked, [None, "e.1"])

    async def test_a_hole_is_never_told(self) -> None:
        holed, rest = HEAD + RESUME + record(1) + record(3), HEAD + RESUME + record(2) + record(3) + bye("finished")
        self.assertEqual((await self.told(holed, rest), self.asked), ([1, 2, 3], [None, "e.1"]))
        again = await self.fails("record-missing", holed, HEAD + RESUME + record(3))
        self.assertIn("Record 2 of task t is missing", again.detail)

    async def test_patience_is_had_where_it_is_asked_for_and_nowhere_else(self) -> None:
        busy = 'HTTP/1.1 429 X\r\nretry-after: 0\r\ncontent-length: 33\r\nconnection: close\r\n\r\n{"code":"too-many-requests"      }'
        gone = 'HTTP/1.1 410 X\r\ncontent-length: 45\r\nconnection: close\r\n\r\n{"code":"cursor-lost","detail":"Begin anew."} '
        self.assertEqual(await self.told(busy, HEAD + RESUME + record(1) + bye("slow"), HEAD + RESUME + bye("finished")), [1])
        self.asked.clear()
        self.assertEqual((await self.fails("cursor-lost", gone)).detail, "Begin anew.")
        for reason in ("expired", "revoked", "forbidden", "removed"):
            await self.fails(reason, HEAD + RESUME + bye(reason))
        self.assertEqual(len(self.asked), 5)

    async def test_tries_are_counted_anew_after_each_success(self) -> None:
        cut = [HEAD + RESUME + record(seq) for seq in range(1, 7)]
        self.assertEqual(await self.told(*cut, HEAD + RESUME + bye("finished"), tries=1), [1, 2, 3, 4, 5, 6])
        self.asked.clear()
        await self.fails("line-lost", tries=3)
        self.assertEqual(len(self.asked), 4)

    async def test_what_is_no_gateway_is_said(self) -> None:
        page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5\r\nconnection: close\r\n\r\n<h1/>"
        await self.fails("line-lost", page, tries=0)
        await self.fails("unreadable", HEAD + "data: <h1/>\n\n")
        await self.fails("unreadable", HEAD + 'data: {"seq":1}\n\n')


class BackoffTests(unittest.TestCase):
    def test_it_grows_to_sixteen_seconds_within_half_and_one_and_a_half(self) -> None:
        waits = backoff.Backoff(7)
        for step in (1, 2, 4, 8, 16, 16, 16):
            wait = waits.next()
            assert wait is not None
            self.assertTrue(step * 0.5 <= wait <= step * 1.5, f"{wait} for {step}")
        self.assertIsNone(waits.next())
        waits.worked()
        first = waits.next(asked=30, least=2)
        assert first is not None
        self.assertTrue(30 <= first <= 45)
        self.assertGreater(len({backoff.Backoff(None).next() for _ in range(10)}), 1)
