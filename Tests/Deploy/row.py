"""Two gateways in a row, and HAProxy in front of them with deploy/haproxy.cfg: real processes, on addresses of this machine."""

import contextlib
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SIGNALBOX = os.environ.get("SIGNALBOX", f"{ROOT}/.build/debug/signalbox")

sys.path.append(f"{ROOT}/Tests/Browser")
from processes import Program, eventually

ADDRESSES = {"gateway1": "127.0.0.11", "gateway2": "127.0.0.12"}


def free_port() -> int:
    """A port that is free on the addresses of both, below those that the kernel gives to others meanwhile."""
    while True:
        port = random.randrange(20_000, 32_000)
        with contextlib.ExitStack() as probes, contextlib.suppress(OSError):
            for address in ADDRESSES.values():
                probes.enter_context(socket.socket()).bind((address, port))
            return port


def listening() -> socket.socket:
    """A socket for HAProxy, which so gets a port that nobody else has."""
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    made.listen(512)
    return made


class Row:
    """The gateways know the same people and agents. Each has a journal of its own, so a test says which of them HAProxy may use."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="signalbox-deploy-"))
        self.pki = self.folder / "pki"
        self.gateways: dict[str, Any] = {}
        self.balancer: subprocess.Popen[bytes] | None = None
        self.sockets = {name: listening() for name in ("public", "agents")}
        self.port = {name: one.getsockname()[1] for name, one in self.sockets.items()}
        self.own_port = {name: free_port() for name in ("public", "agents")}
        try:
            self._make_folder()
            for name in ADDRESSES:
                self.start_gateway(name)
            self._start_balancer()
        except BaseException:
            self.close()
            raise

    def _make_folder(self) -> None:
        """A demo makes keys, policy and configuration, and is ended at once."""
        demo = Program(
            [SIGNALBOX, "demo", "--port", "0", "--dir", str(self.folder), "--no-browser", "--agents", "none"],
            f"{self.folder}/demo.log", f"{self.folder}/ready.json")
        self.gateways["demo"] = demo
        demo.facts()
        demo.end()
        configuration = json.loads((self.folder / "config.json").read_text())
        for name, address in ADDRESSES.items():
            own = configuration | {"state": name, "drainSeconds": 5, "streams": {"heartbeatSeconds": 60}}
            for listener, facts in own["listeners"].items():
                facts["address"] = address
                facts["port"] = self.own_port.get(listener, 0)
            (self.folder / f"{name}.json").write_text(json.dumps(own))

    def start_gateway(self, name: str) -> None:
        """Starts it, on its own journal; the one before has ended."""
        if name in self.gateways:
            self.gateways[name].end()
        ready = f"{self.folder}/{name}-ready.json"
        configuration = f"{self.folder}/{name}.json"
        gateway = Program(
            [SIGNALBOX, "serve", "--config", configuration, "--ready-file", ready, "--stop-at-stdin-end"],
            f"{self.folder}/{name}.log", ready)
        self.gateways[name] = gateway
        gateway.facts()

    # HAProxy

    def configuration(self) -> str:
        """deploy/haproxy.cfg with places of this machine, a second gateway, and time limits that a test can wait for."""
        text = (ROOT / "deploy/haproxy.cfg").read_text()
        changes = {
            r"log /dev/log local0": "log stdout format raw local0",
            r"/run/haproxy/admin\.sock": f"{self.folder}/admin.sock",
            r"maxconn 40000": "maxconn 1000",
            r"bind :443 ": f"bind fd@{self.sockets['public'].fileno()} ",
            r"bind :8444 ": f"bind fd@{self.sockets['agents'].fileno()} ",
            r"box\.example\.org": "localhost",
            r"/etc/haproxy/signalbox-ca\.pem": f"{self.pki}/server-ca.pem",
            r"#server gateway2": "server gateway2",
            r"10\.0\.0\.1([12]):8443": rf"127.0.0.1\1:{self.own_port['public']}",
            r"10\.0\.0\.1([12]):8444": rf"127.0.0.1\1:{self.own_port['agents']}",
            r"check port 8443 ": f"check port {self.own_port['public']} ",
            r"timeout (client|server) 30s": r"timeout \1 1s",
        }
        if os.getuid() != 0:
            changes[r"    (user|group) haproxy\n"] = ""
        for pattern, place in changes.items():
            text, count = re.subn(pattern, place, text)
            assert count > 0, f"deploy/haproxy.cfg has no {pattern} any more"
        return text

    def _start_balancer(self) -> None:
        file = self.folder / "haproxy.cfg"
        file.write_text(self.configuration())
        with open(self.folder / "haproxy.log", "ab") as log:
            self.balancer = subprocess.Popen(["haproxy", "-db", "-f", str(file)], stdout=log, stderr=log,
                                             pass_fds=[one.fileno() for one in self.sockets.values()])
        # From here on they are HAProxy's alone, so that nobody waits at them when it is gone.
        for one in self.sockets.values():
            one.close()
        eventually(lambda: self._alive() and (self.folder / "admin.sock").exists(), "HAProxy runs")
        for name in ADDRESSES:
            self.until(name, "UP")

    def _alive(self) -> bool:
        assert self.balancer is not None and self.balancer.poll() is None, (self.folder / "haproxy.log").read_text()
        return True

    def tell_balancer(self, command: str) -> str:
        """A command of its runtime interface, and the answer."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(f"{self.folder}/admin.sock")
            line.sendall(command.encode() + b"\n")
            return b"".join(iter(lambda: line.recv(65536), b"")).decode()

    def state(self, gateway: str, backend: str = "public") -> str:
        """How HAProxy thinks of a gateway: UP, DOWN, MAINT."""
        rows = [line.split(",") for line in self.tell_balancer("show stat").splitlines()]
        return next(row[17] for row in rows if row[:2] == [backend, gateway])

    def until(self, gateway: str, state: str) -> None:
        """For both backends."""
        for backend in ("public", "agents"):
            eventually(lambda: self.state(gateway, backend) == state,
                       lambda: f"{backend}/{gateway} is {state}; it is {self.state(gateway, backend)}", 20)

    def use(self, *gateways: str) -> None:
        """Has HAProxy send new connections to these."""
        for name in ADDRESSES:
            for backend in ("public", "agents"):
                self.tell_balancer(f"set server {backend}/{name} state {'ready' if name in gateways else 'maint'}")
        for name in ADDRESSES:
            self.until(name, "UP" if name in gateways else "MAINT")

    def close(self) -> None:
        """Ends all of it."""
        if self.balancer is not None and self.balancer.poll() is None:
            self.balancer.terminate()
            self.balancer.wait(20)
        for program in self.gateways.values():
            program.end()
        shutil.rmtree(self.folder, ignore_errors=True)
