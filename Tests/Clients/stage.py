"""A gateway and the conformance agent, each a process of its own, from a folder that `signalbox demo` has made; one for all tests."""

import atexit
import contextlib
import functools
import json
import os
import random
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

from signalbox_client import Gateway

ROOT = Path(__file__).resolve().parents[2]
SIGNALBOX = os.environ.get("SIGNALBOX", f"{ROOT}/.build/debug/signalbox")

sys.path.append(f"{ROOT}/Tests/Browser")
from processes import Program  # type: ignore[import-not-found,unused-ignore]


def free_port() -> int:
    """A port below those that the kernel gives to others meanwhile."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Stage:
    """The processes, and what tests ask of them."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="signalbox-clients-"))
        self.pki = self.folder / "pki"
        self.programs: list[Any] = []
        atexit.register(self.close)
        self._make_folder()
        self._start_agent()
        # A gateway that is started again has to be found under the same address.
        for name in ("public", "agents", "admin"):
            self.configuration["listeners"][name]["port"] = free_port()
        (self.folder / "config.json").write_text(json.dumps(self.configuration))
        self.url = f"https://localhost:{self.configuration['listeners']['public']['port']}"
        self.gateway = self.start_gateway()

    def _make_folder(self) -> None:
        """A demo makes keys, policy and token, and is ended at once."""
        command = [SIGNALBOX, "demo", "--port", "0", "--dir", str(self.folder), "--no-browser", "--agents", "conformance"]
        demo = Program(command, f"{self.folder}/demo.log", f"{self.folder}/ready.json")
        self.programs.append(demo)
        demo.facts()
        self.configuration = json.loads((self.folder / "config.json").read_text())
        self.token = (self.folder / "token").read_text().strip()  # Of the same operator as the certificate; its file goes with the demo.
        demo.end()

    def _start_agent(self) -> None:
        own, ready = self.pki / "services/conformance", f"{self.folder}/agent.json"
        agent = Program(
            [SIGNALBOX, "agent", "conformance", "--cert", f"{own}.pem", "--key", f"{own}.key", "--ca", f"{self.pki}/client-ca.pem",
             "--crl", f"{self.pki}/client-ca.crl", "--allow", "spiffe://signalbox.local/gateway/demo", "--grace", "0",
             "--ready-file", ready, "--stop-at-stdin-end"],
            f"{self.folder}/agent.log", ready)
        self.programs.append(agent)
        self.configuration["agents"]["conformance"]["url"] = agent.facts()["url"]

    def start_gateway(self) -> Any:
        """Starts it, on the journal that is there."""
        ready = f"{self.folder}/gateway.json"
        self.gateway = Program(
            [SIGNALBOX, "serve", "--config", f"{self.folder}/config.json", "--ready-file", ready, "--stop-at-stdin-end"],
            f"{self.folder}/gateway.log", ready)
        self.programs.append(self.gateway)
        self.gateway.facts()
        return self.gateway

    def close(self) -> None:
        """Ends all of it."""
        for program in reversed(self.programs):
            program.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    # What tests use

    @property
    def ca(self) -> str:
        """The authority of the gateway's certificate."""
        return f"{self.pki}/server-ca.pem"

    @property
    def cert(self) -> str:
        """The operator's certificate."""
        return f"{self.pki}/clients/operator-demo.pem"

    @property
    def key(self) -> str:
        """And its key."""
        return f"{self.pki}/clients/operator-demo.key"

    def client(self) -> Gateway:
        """The gateway as the operator has it."""
        return Gateway(self.url, ca=self.ca, cert=self.cert, key=self.key)


@functools.cache
def stage() -> Stage:
    """The one of this run."""
    return Stage()
