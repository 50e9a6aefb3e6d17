"""The gateway and the agents that come with the program, each a process of its own, over TLS with certificates on both sides."""

import atexit
import functools
import json
import os
import ssl
import subprocess
from pathlib import Path
from typing import Any

import httpx
from foreign import ForeignAgent
from stage import SIGNALBOX, Stage  # type: ignore[import-not-found,import-untyped,unused-ignore]

ROOT = Path(__file__).resolve().parents[2]
ALERTS = ROOT / "examples/alerts"
# What each asker shows; `nobody` shows nothing. `stranger` may see its own tasks alone.
CERTIFICATES = {"operator": "operator-demo", "stranger": "agent-demo-agent", "gateway": "gateway-demo"}
OURS = ("orchestrator", "insider-trading", "wash-trade", "reasoning", "conformance")


class Scene(Stage):  # type: ignore[misc,unused-ignore]
    """Beside the agents of the pages' tests the one that answers questions, one that is away, and two that speak no A2A."""

    def __init__(self, pace: int = 5) -> None:
        self._clients: dict[tuple[str, str], httpx.Client] = {}
        self.foreign: dict[str, ForeignAgent] = {}
        super().__init__(pace)

    def _start_agents(self) -> None:
        super()._start_agents()
        self.start_agent("reasoning", "--data", f"{self.folder}/reference")
        # Their cards are good, and what comes of a call is not.
        for name, status, kind, body in (
            ("refusing", 503, "text/plain", b"Back at nine."),
            ("page", 200, "text/html", b"<h1>Hello</h1>"),
        ):
            subprocess.run(
                [SIGNALBOX, "certs", "issue", "service", name, "--dir", f"{self.folder}/pki"],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            self.foreign[name] = ForeignAgent(f"{self.folder}/pki/services/{name}", name, status, kind, body)

    def start_agent(self, name: str, *options: str) -> None:
        """As the gateway's tests start it, and open to one more caller."""
        super().start_agent(name, "--allow", "spiffe://signalbox.local/agent/demo-agent", *options)

    def _configure(self, settings: dict[str, Any]) -> None:
        own = self.configuration["agents"]["orchestrator"]
        urls = {name: agent.url for name, agent in self.foreign.items()} | {"away": "https://localhost:1"}
        for name, url in urls.items():
            self.configuration["agents"][name] = {
                **own,
                "url": url,
                "serverNames": [f"spiffe://signalbox.local/agent/{name}"],
            }
        # Tests ask for more than anybody should.
        rates = {
            f"rates.{name}": 100_000 for name in ("requestsPerPrincipal", "requestsPerAddress", "submitsPerPrincipal")
        }
        super()._configure({**rates, **settings})

    def close(self) -> None:
        """Ends all of it."""
        for client in self._clients.values():
            client.close()
        super().close()
        for agent in self.foreign.values():
            agent.close()

    # Who asks, and where

    def address(self, at: str) -> str:
        """Of the gateway, of its admin listener, of one of its agents, or of the gateway's place for one: `via conformance`."""
        if at in self.agents:
            return str(self.agents[at].facts()["url"])
        if at.startswith("via "):
            return f"{self.url}/agents/{at.removeprefix('via ')}"
        if at == "default":
            return f"{self.url}/a2a"
        return self.url if at == "gateway" else f"https://localhost:{self.facts[at]['port']}"

    def context(self, who: str) -> ssl.SSLContext:
        """TLS with that certificate, or with none."""
        context = ssl.create_default_context(cafile=f"{self.folder}/pki/server-ca.pem")
        if who in CERTIFICATES:
            files = f"{self.folder}/pki/clients/{CERTIFICATES[who]}"
            context.load_cert_chain(f"{files}.pem", f"{files}.key")
        return context

    def client(self, who: str = "operator", at: str = "gateway") -> httpx.Client:
        """Kept for the next one who asks so."""
        if (who, at) not in self._clients:
            self._clients[who, at] = httpx.Client(
                base_url=self.address(at), verify=self.context(who), timeout=60, trust_env=False
            )
        return self._clients[who, at]

    # Work

    def begin(self, behaviour: str, agent: str = "conformance") -> str:
        """A task of the conformance agent, which does what the id of its message says."""
        message = {"messageId": f"{behaviour}-{os.urandom(6).hex()}", "parts": [{"text": "Do it."}]}
        answer = self.client().post("/api/tasks", json={"agent": agent, "message": message})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def analyze(self, alert: str, agent: str = "orchestrator") -> str:
        """Gives an alert of examples/alerts to an agent, as a page's form does."""
        files = {"alert": (f"{alert}.xml", (ALERTS / f"{alert}.xml").read_bytes(), "application/xml")}
        answer = self.client().post("/api/analyze", params={"agent": agent}, files=files)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["task_id"])

    def ended(self, task: str, state: str = "completed") -> str:
        """Waits for the end of the task, or for a question of it."""
        self.until(task, state)
        return task

    def all_records(self, task: str) -> list[dict[str, Any]]:
        """What the journal has of it."""
        return list(self.records(task))

    def log(self) -> list[dict[str, Any]]:
        """The gateway's log so far."""
        with open(f"{self.folder}/gateway.log") as file:
            return [json.loads(line) for line in file if line.startswith("{") and line.endswith("}\n")]


@functools.cache
def scene() -> Scene:
    """The one of this run."""
    made = Scene()
    atexit.register(made.close)
    return made
