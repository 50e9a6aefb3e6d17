"""A gateway and agents that are written elsewhere, each a process of its own, with the keys that `signalbox demo` has made."""

import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any

from processes import Program, eventually

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SIGNALBOX = os.environ.get("SIGNALBOX", f"{ROOT}/.build/debug/signalbox")
PROGRESS = "https://signalbox.dev/a2a/extensions/progress/v1"
Record = dict[str, Any]


class Theatre:
    """`agents`: names, with the Python program of each; those that are not served by signalbox-agent take fewer options, others `more`."""

    def __init__(self, agents: dict[str, str], own_options: bool = True, more: Sequence[str] = ()):
        self.own_options, self.more = own_options, more
        self.folder = tempfile.mkdtemp(prefix="signalbox-agents-")
        self.pki = f"{self.folder}/pki"
        self.agents: dict[str, Any] = {}
        self.gateway: Any = None
        try:
            self._make_folder()
            for name, program in agents.items():
                self._issue("service", name)
                self.start_agent(name, program)
            self._configure()
            self.start_gateway()
            for name in ("public", "agents", "admin"):
                self.configuration["listeners"][name]["port"] = self.facts[name]["port"]
            self._write_configuration()
        except BaseException:
            self.close()
            raise

    def _make_folder(self) -> None:
        demo = Program(
            [SIGNALBOX, "demo", "--port", "0", "--dir", self.folder, "--no-browser", "--agents", "conformance"],
            f"{self.folder}/demo.log",
            f"{self.folder}/ready.json",
        )
        demo.facts()
        with open(f"{self.folder}/config.json") as file:
            self.configuration = json.load(file)
        demo.end()

    def _issue(self, kind: str, name: str) -> None:
        subprocess.run(
            [SIGNALBOX, "certs", "issue", kind, name, "--dir", self.pki], check=True, stdout=subprocess.DEVNULL
        )

    def start_agent(self, name: str, program: str) -> None:
        """Starts the agent, and waits until it listens."""
        ready = f"{self.folder}/{name}.json"
        own = [
            "--crl",
            f"{self.pki}/client-ca.crl",
            "--allow",
            "spiffe://signalbox.local/gateway/demo",
            "--grace",
            "0",
            "--stop-at-stdin-end",
        ]
        self.agents[name] = Program(
            [
                sys.executable,
                program,
                "--cert",
                f"{self.pki}/services/{name}.pem",
                "--key",
                f"{self.pki}/services/{name}.key",
                "--ca",
                f"{self.pki}/client-ca.pem",
                "--ready-file",
                ready,
                *(own if self.own_options else []),
                *self.more,
            ],
            f"{self.folder}/{name}.log",
            ready,
        )
        self.agents[name].facts()

    def _configure(self) -> None:
        self.configuration["agents"] = {}
        for name, agent in self.agents.items():
            self.configuration["agents"][name] = {
                "url": agent.facts()["url"],
                "certificate": f"{self.pki}/clients/gateway-demo.pem",
                "key": f"{self.pki}/clients/gateway-demo.key",
                "authority": f"{self.pki}/server-ca.pem",
                "serverNames": [f"spiffe://signalbox.local/agent/{name}"],
            }
        self.configuration["work"] = {"defaultAgent": next(iter(self.agents)), "deadlines": {"lostSeconds": 4}}
        self._write_configuration()

    def _write_configuration(self) -> None:
        with open(f"{self.folder}/config.json", "w") as file:
            json.dump(self.configuration, file)

    def start_gateway(self) -> None:
        """Starts the gateway, under the same address as before if there was one."""
        ready = f"{self.folder}/gateway.json"
        self.gateway = Program(
            [
                SIGNALBOX,
                "serve",
                "--config",
                f"{self.folder}/config.json",
                "--ready-file",
                ready,
                "--stop-at-stdin-end",
            ],
            f"{self.folder}/gateway.log",
            ready,
        )
        self.facts = self.gateway.facts()
        eventually(lambda: self.ask("/readyz", answers_status=True) == 200, "the gateway is ready")
        for name in self.agents:
            self._wait_until_well(name)

    def _wait_until_well(self, agent: str) -> None:
        path = f"/api/agents/{agent}"
        eventually(lambda: self.ask(path)["state"] == "well", lambda: f"{agent} is well: {self.ask(path)}")

    def close(self) -> None:
        """Ends everything."""
        for program in [self.gateway, *self.agents.values()]:
            if program is not None:
                program.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    # What tests ask and tell

    def client_context(self, who: str) -> ssl.SSLContext:
        """TLS with that client certificate of the PKI."""
        context = ssl.create_default_context(cafile=f"{self.pki}/server-ca.pem")
        context.load_cert_chain(f"{self.pki}/clients/{who}.pem", f"{self.pki}/clients/{who}.key")
        return context

    def ask(self, path: str, body: Any = None, answers_status: bool = False) -> Any:
        """The gateway's JSON for the operator."""
        request = urllib.request.Request(
            f"https://localhost:{self.facts['public']['port']}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=self.client_context("operator-demo")), urllib.request.ProxyHandler({})
        )
        try:
            with opener.open(request, timeout=30) as answer:
                return answer.status if answers_status else json.loads(answer.read())
        except urllib.error.HTTPError as error:
            if answers_status:
                return error.code
            raise AssertionError(f"{path}: {error.code} {error.read().decode()[:500]}") from None

    def card(self, agent: str) -> Any:
        """What the agent says of itself, to the gateway."""
        opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=self.client_context("gateway-demo")), urllib.request.ProxyHandler({})
        )
        with opener.open(f"{self.agents[agent].facts()['url']}/.well-known/agent-card.json", timeout=20) as answer:
            return json.loads(answer.read())

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the operator's: `signalbox answer …`."""
        return subprocess.run(
            [
                SIGNALBOX,
                *arguments,
                "--gateway",
                f"https://localhost:{self.facts['public']['port']}",
                "--ca",
                f"{self.pki}/server-ca.pem",
                "--cert",
                f"{self.pki}/clients/operator-demo.pem",
                "--key",
                f"{self.pki}/clients/operator-demo.key",
            ],
            capture_output=True,
            text=True,
            timeout=60,
        )

    def begin(self, agent: str, text: str = "Please.", data: Any = None) -> str:
        """A task of that agent."""
        parts = [{"text": text}] + ([{"data": data}] if data is not None else [])
        return str(self.ask("/api/tasks", {"agent": agent, "message": {"parts": parts}})["id"])

    def records(self, task: str) -> list[Record]:
        """All that the journal has of the task."""
        page = self.ask(f"/api/tasks/{task}/events?limit=1000&after=earliest")
        assert page["complete"], "the task has more than 1000 records"
        return list(page["events"])

    def state(self, task: str) -> str:
        """The task's state."""
        return str(self.ask(f"/api/tasks/{task}")["state"])

    def until(self, task: str, *states: str, within: float = 30) -> str:
        """Waits until the task is in one of these states."""
        return str(
            eventually(
                lambda: (lambda state: state if state in states else None)(self.state(task)),
                lambda: f"{task} is {' or '.join(states)}; its records: {json.dumps(self.records(task)[-6:])}",
                within,
            )
        )

    def until_report(self, task: str, fits: Callable[[Record], bool], within: float = 30) -> Record:
        """Waits for a report of the task that fits."""

        def found() -> Record | None:
            return next((one for one in reports(self.records(task)) if fits(one)), None)

        return dict(
            eventually(found, lambda: f"such a report of {task}; there are {reports(self.records(task))}", within)
        )


def reports(records: list[Record]) -> list[Record]:
    """The reports of the progress extension, in the order of the journal: of updates, or of their messages, as pages read them."""
    updates = [
        one["data"].get("statusUpdate") or one["data"].get("artifactUpdate") or {}
        for one in records
        if one["kind"] == "event"
    ]
    places = [
        update.get("metadata") or update.get("status", {}).get("message", {}).get("metadata", {}) for update in updates
    ]
    return [place[PROGRESS] for place in places if PROGRESS in place]


def unmarked(said: list[Record]) -> list[Record]:
    """All of the reports, without what some say of themselves: that they may have been heard before."""
    return [{name: value for name, value in one.items() if name not in ("repeated", "repeats")} for one in said]


def failure(records: list[Record]) -> str:
    """What the last status says."""
    statuses = [
        one["data"]["statusUpdate"]["status"]
        for one in records
        if one["kind"] == "event" and "statusUpdate" in one["data"]
    ]
    return " ".join(part.get("text", "") for part in statuses[-1].get("message", {}).get("parts", []))
