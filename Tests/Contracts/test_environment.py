"""Names of the environment that other programs had, and limits: a gateway and an agent of their own, started with them."""

import json
import os
import re
import signal
import socket
import time
import unittest
from pathlib import Path
from typing import Any

import httpx
from contract import shows
from httpx_sse import connect_sse
from processes import Program  # type: ignore[import-not-found,import-untyped,unused-ignore]
from scene import ALERTS, scene
from stage import SIGNALBOX  # type: ignore[import-not-found,import-untyped,unused-ignore]


def free_port() -> int:
    """One that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class EnvironmentContract(unittest.TestCase):
    def gateway(self, environment: dict[str, str], settings: dict[str, Any], leave_out: tuple[str, ...] = ()) -> Any:
        """Another gateway before the same agents; what is left out, its file does not say."""
        stage = scene()
        folder = Path(stage.folder, f"{self._testMethodName}-{len(os.listdir(stage.folder))}")
        folder.mkdir()
        configuration = json.loads(json.dumps(stage.configuration))
        configuration |= {"state": str(folder / "state"), **settings}
        for listener in configuration["listeners"].values():
            listener["port"] = 0
        for path in leave_out:
            *places, last = path.split(".")
            place = configuration
            for name in places:
                place = place[name]
            del place[last]
        # Paths are relative to the file.
        file = Path(stage.folder, f"{folder.name}.json")
        file.write_text(json.dumps(configuration))
        ready = f"{folder}/ready.json"
        command = [
            "/usr/bin/env",
            *(f"{name}={value}" for name, value in environment.items()),
            SIGNALBOX,
            "serve",
            "--config",
            str(file),
            "--ready-file",
            ready,
            "--stop-at-stdin-end",
        ]
        program = Program(command, f"{folder}/log", ready)
        self.addCleanup(program.end)
        return program

    def client(self, url: str, who: str = "operator") -> httpx.Client:
        """Closed with the test."""
        client = httpx.Client(base_url=url, verify=scene().context(who), timeout=30, trust_env=False)
        self.addCleanup(client.close)
        return client

    def well(self, client: httpx.Client, agent: str) -> None:
        """Waits until the gateway has looked at the agent and found it well."""
        end = time.monotonic() + 30
        while (now := client.get(f"/api/agents/{agent}").json())["state"] != "well":
            self.assertLess(time.monotonic(), end, now)

    def begin(self, client: httpx.Client, behaviour: str) -> str:
        message = {"messageId": f"{behaviour}-{os.urandom(4).hex()}", "parts": [{"text": "Do it."}]}
        return str(client.post("/api/tasks", json={"agent": "conformance", "message": message}).json()["id"])

    @shows("A41 A24 C13 A1")
    def test_a_gateway_takes_port_level_heartbeat_and_where_its_agents_are(self) -> None:
        stage, port = scene(), free_port()
        names = {
            "PORT": str(port),
            "LOG_LEVEL": "WARN",
            "SSE_HEARTBEAT_INTERVAL": "1",
            "SSE_TIMEOUT": "1",
            "SSE_MAX_CONCURRENT": "1",
        }
        urls = {
            "ORCHESTRATOR_URL": "orchestrator",
            "INSIDER_TRADING_URL": "insider-trading",
            "WASH_TRADE_AGENT_URL": "wash-trade",
        }
        places = {name: stage.address(agent) for name, agent in urls.items()}
        program = self.gateway(
            {**names, **places}, {}, ("listeners.public.port", *(f"agents.{agent}.url" for agent in urls.values()))
        )
        self.assertEqual(program.facts()["public"]["port"], port)
        client = self.client(f"https://localhost:{port}")
        for agent in urls.values():
            self.well(client, agent)
        task = self.begin(client, "test-ask")
        with (
            client.stream("GET", f"/api/stream/{task}") as first,
            client.stream("GET", f"/api/stream/{task}") as second,
        ):
            self.assertEqual(
                (first.status_code, second.status_code), (200, 200), "SSE_MAX_CONCURRENT says nothing to a gateway"
            )
            beats, lines = 0, first.iter_lines()
            began = time.monotonic()
            while beats < 3:
                beats += next(lines).startswith(":")
            self.assertGreater(time.monotonic() - began, 1.5, "SSE_TIMEOUT says nothing either")
        client.post(f"/api/tasks/{task}:cancel?wait=20", json={})
        levels = {
            json.loads(line)["level"] for line in Path(program.log).read_text().splitlines() if line.startswith("{")
        }
        self.assertLessEqual(levels, {"warning", "error"})

    @shows("A41")
    def test_a_value_that_is_none_ends_the_start_with_a_sentence_that_names_it(self) -> None:
        for name, value, words in (
            ("PORT", "tcp://10.0.0.1:1", "PORT"),
            ("LOG_LEVEL", "loud", "LOG_LEVEL"),
            ("ORCHESTRATOR_URL", "http://localhost:10000", "https"),
        ):
            with self.subTest(name):
                program = self.gateway({name: value}, {}, ("listeners.public.port", "agents.orchestrator.url"))
                self.assertNotEqual(program.process.wait(30), 0)
                said = Path(program.log).read_text()
                self.assertIn(f"environment variable {name}", said)
                self.assertIn(words, said)

    def agent(self, environment: dict[str, str]) -> Any:
        """An agent that is told by the environment which it is."""
        stage = scene()
        pki, ready = f"{stage.folder}/pki", f"{stage.folder}/{self._testMethodName}.json"
        own = f"{pki}/services/insider-trading"
        command = [
            "/usr/bin/env",
            *(f"{name}={value}" for name, value in environment.items()),
            SIGNALBOX,
            "agent",
            "--cert",
            f"{own}.pem",
            "--key",
            f"{own}.key",
            "--ca",
            f"{pki}/client-ca.pem",
            "--data",
            f"{stage.folder}/reference",
            "--ready-file",
            ready,
            "--stop-at-stdin-end",
            "--grace",
            "0",
            "--pace",
            "2000",
        ]
        program = Program(command, f"{stage.folder}/{self._testMethodName}.log", ready)
        self.addCleanup(program.end)
        return program

    @shows("A41 A24 A26")
    def test_an_agent_takes_its_name_its_port_and_how_many_streams(self) -> None:
        port = free_port()
        program = self.agent(
            {
                "AGENT_TYPE": "insider_trading",
                "PORT": str(port),
                "SSE_MAX_CONCURRENT": "1",
                "SSE_HEARTBEAT_INTERVAL": "1",
            }
        )
        self.assertEqual(program.facts()["url"], f"https://localhost:{port}")
        client = self.client(program.facts()["url"], "gateway")
        self.assertIn("insider", client.get("/.well-known/agent.json").json()["name"].lower())
        task = client.post("/analyze", json={"alert_text": (ALERTS / "clear-insider.xml").read_text()}).json()[
            "task_id"
        ]
        call = {
            "jsonrpc": "2.0",
            "id": 1,
            "params": {"task_id": task, "messages": [{"role": "user", "parts": [{"text": "Hello."}]}]},
        }
        with client.stream("POST", "/message/stream", json=call) as first:
            lines = first.iter_lines()
            self.assertEqual(next(lines), "event: task_update")
            second = client.post("/message/stream", json=call)
            self.assertEqual(second.status_code, 429, "there is one stream, and no room for another")
            self.assertIn("as many streams open as it may have", second.json()["error"]["message"])
            while not next(lines).startswith(
                ":"
            ):  # Its tools take two seconds for each step, and a comment comes after one.
                pass

    @shows("A26 C16")
    def test_one_stream_more_than_one_may_have_is_told_when_to_come_back(self) -> None:
        rates = {**scene().configuration["rates"], "streamsPerPrincipal": 2}
        program = self.gateway({}, {"rates": rates})
        client = self.client(f"https://localhost:{program.facts()['public']['port']}")
        task = self.begin(client, "test-ask")
        with (
            client.stream("GET", f"/api/stream/{task}") as first,
            client.stream("GET", f"/api/stream/{task}") as second,
        ):
            self.assertEqual((first.status_code, second.status_code), (200, 200))
            third = client.get(f"/api/stream/{task}")
            self.assertEqual((third.status_code, third.json()["code"]), (429, "too-many-requests"))
            self.assertRegex(third.headers["retry-after"], r"^\d+$")
        client.post(f"/api/tasks/{task}:cancel?wait=20", json={})

    @shows("A28 A25 A23")
    def test_a_shutdown_says_so_in_each_stream(self) -> None:
        program = self.gateway({}, {"drainSeconds": 1})
        client = self.client(f"https://localhost:{program.facts()['public']['port']}")
        task = self.begin(client, "test-ask")
        with connect_sse(client, "GET", f"/api/stream/{task}") as source:
            told = source.iter_sse()
            while '"state":"open"' not in next(told).data:
                pass
            program.process.send_signal(signal.SIGTERM)
            last = [event for event in told if event.data][-1]
        self.assertEqual((last.event, last.json()), ("bye", {"reason": "draining"}))
        self.assertIsNone(re.search("canceled", last.data))
        self.assertEqual(program.process.wait(30), 0)

    @shows("A42")
    def test_agents_may_come_later_than_the_gateway(self) -> None:
        stage = scene()
        port = free_port()
        agents = {**stage.configuration["agents"]}
        agents["insider-trading"] = {**agents["insider-trading"], "url": f"https://localhost:{port}"}
        program = self.gateway({}, {"agents": agents})
        client = self.client(f"https://localhost:{program.facts()['public']['port']}")
        end = time.monotonic() + 30
        while (now := client.get("/api/agents/insider-trading").json())["state"] != "away":
            self.assertLess(time.monotonic(), end, now)
        self.agent({"AGENT_TYPE": "insider-trading", "PORT": str(port)}).facts()
        self.well(client, "insider-trading")


if __name__ == "__main__":
    unittest.main()
