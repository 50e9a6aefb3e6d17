"""An agent of signalbox-agent, called by the SDK's own client in each binding and version that it offers: `/a2a` and `/rest`."""

import asyncio
import unittest
from typing import Any

from a2a.types.a2a_pb2 import CancelTaskRequest, ListTasksRequest
from a2a.utils.errors import A2AError
from sdk_events import described, until, whole  # type: ignore[import-not-found,import-untyped,unused-ignore]
from sdk_peer import Peer, state_name, text_of  # type: ignore[import-not-found,import-untyped,unused-ignore]
from theatre import ROOT, Theatre

DIALECTS = [(binding, version) for binding in ("JSONRPC", "HTTP+JSON") for version in ("1.0", "0.3")]


class BindingTests(unittest.TestCase):
    theatre: Theatre

    @classmethod
    def setUpClass(cls) -> None:
        cls.theatre = Theatre({"greeter": f"{ROOT}/Tests/Agents/greeter.py"}, more=["--versions", "1.0,0.3"])
        cls.addClassCleanup(cls.theatre.close)

    def test_a_whole_conversation_in_each(self) -> None:
        gateway = f"https://localhost:{self.theatre.facts['public']['port']}"
        places = [("gateway-demo", self.theatre.agents["greeter"].facts()["url"])]
        # The default agent's card is at the origin, too.
        places += [("operator-demo", f"{gateway}{path}") for path in ("/agents/greeter", "/a2a", "")]
        for who, url in places:
            for binding, version in DIALECTS:
                with self.subTest(f"{who} at {url}: {binding} {version}"):
                    asyncio.run(asyncio.wait_for(self.converse(who, url, binding, version), 60))

    def test_each_is_offered_under_its_own_path(self) -> None:
        card = self.theatre.card("greeter")
        offered = [
            (one["protocolBinding"], one["protocolVersion"], one["url"].rsplit("/", 1)[1])
            for one in card["supportedInterfaces"]
        ]
        self.assertEqual(
            sorted(offered),
            sorted((binding, version, "a2a" if binding == "JSONRPC" else "rest") for binding, version in DIALECTS),
        )

    async def converse(self, who: str, url: str, binding: str, version: str) -> None:
        """Everything that a caller does with a task."""
        pki = f"{self.theatre.pki}/clients/{who}"
        async with Peer.http_client(f"{pki}.pem", f"{pki}.key", f"{self.theatre.pki}/server-ca.pem") as http:
            peer: Any = await Peer.meet(http, url, binding, version)

            told = await whole(peer.stream(peer.message("m", "Ada")))
            lines = [described(one) for one in told]
            self.assertIn("artifact last: Hello, Ada!", lines)
            self.assertEqual((lines[0][:4], lines[-1]), ("task", "status COMPLETED: Done."))
            self.assertTrue(any("write_greeting" in line for line in lines), lines)

            task = await peer.send_for_task(peer.message("m", "ask"), "INPUT_REQUIRED")
            self.assertIn("Who are you?", text_of(task.status.message.parts))
            done = await peer.send_for_task(peer.message("m", "Ben", task=task), "COMPLETED")
            self.assertEqual([text_of(one.parts) for one in done.artifacts], ["Hello, Ben!"])
            stored = await peer.get(task)
            self.assertEqual((stored.id, state_name(stored.status)), (task.id, "COMPLETED"))
            if version == "1.0":
                listed = await peer.client.list_tasks(ListTasksRequest(context_id=task.context_id))
                self.assertEqual([one.id for one in listed.tasks], [task.id])

            running = aiter(peer.stream(peer.message("m", "wait")))
            begun = (await until(running, "status WORKING"))[0].task
            subscription = aiter(peer.subscribe(begun))
            self.assertEqual(described(await anext(subscription)), "task WORKING")
            rest = [asyncio.create_task(whole(one)) for one in (running, subscription)]
            answer = await peer.client.cancel_task(CancelTaskRequest(id=begun.id))
            self.assertEqual(state_name(answer.status), "CANCELED")
            for one in rest:
                self.assertIn("CANCELED", described((await one)[-1]))

            begun.id = "no-such-task"
            with self.assertRaises(A2AError):
                await peer.get(begun)


if __name__ == "__main__":
    unittest.main()
