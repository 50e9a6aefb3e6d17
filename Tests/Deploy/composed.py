"""deploy/compose.yaml without Docker: each service as a process with the command, user, variables and files that it has there.

Services share one network, in which each has an address of its own, and have a view of the file system of their own, in which every volume
lies where the file says. Nothing is changed but `0.0.0.0`, which is the service's address here, and how many connections HAProxy takes.
"""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
SIGNALBOX = os.environ.get("SIGNALBOX", f"{ROOT}/.build/debug/signalbox")

sys.path.append(f"{ROOT}/Tests/Browser")
from processes import Program, eventually

FILE = ROOT / "deploy/compose.yaml"
# Those of images: what a service is without a word about it in the file.
IMAGE_USERS = {"signalbox": "990:990", "haproxy:2.6-bookworm": "99:99"}
IMAGE_ENTRYPOINTS = {"signalbox": ["signalbox"]}
PATH = "/box/program:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
# Of this machine, to be seen in every view; what is not named is the service's own, and empty.
SEEN = ["usr", "bin", "sbin", "lib", "lib64", "dev", "proc", "opt", "home"]


def interpolated(text: str, variables: dict[str, str]) -> str:
    """`${NAME:-default}` and `$$`, which are all that the file has."""
    def value(found: re.Match[str]) -> str:
        return "$" if found[0] == "$$" else variables.get(found[1], found[2] or "")
    return re.sub(r"\$\$|\$\{([A-Z_]+)(?::-([^}]*))?\}", value, text)


def services(variables: dict[str, str] | None = None) -> dict[str, dict[str, Any]]:
    """The services of the file, as Docker would see them."""
    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: walk(one) for key, one in value.items()}
        if isinstance(value, list):
            return [walk(one) for one in value]
        return interpolated(value, variables or {}) if isinstance(value, str) else value
    return dict(walk(yaml.safe_load(FILE.read_text()))["services"])


def volumes(service: dict[str, Any]) -> dict[str, tuple[str, bool]]:
    """By the place in the container: what lies there, and whether it may be written."""
    found = {}
    for volume in service.get("volumes", []):
        source, place, *mode = volume.split(":")
        found[place] = (source, mode != ["ro"])
    return found


class Composed:
    """The services as processes. Volumes are folders of the test's; a service that was ended may be started again."""

    def __init__(self, variables: dict[str, str]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="signalbox-compose-"))
        os.chmod(self.folder, 0o755)
        self.services = services(variables)
        self.addresses = {name: f"127.0.1.{number}" for number, name in enumerate(self.services, 11)}
        self.running: dict[str, Program] = {}
        self.views = 0
        self.network = subprocess.Popen(
            ["unshare", "--net", sys.executable, f"{ROOT}/Tests/Deploy/network.py", json.dumps(self.addresses)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.network.stdout is not None and self.network.stdout.readline() == b"ready\n"

    def _source(self, name: str, source: str) -> Path:
        """A named volume, or a file of the repository with the service's address in it."""
        if not source.startswith("."):
            volume = self.folder / "volumes" / source
            volume.mkdir(parents=True, exist_ok=True)
            return volume
        copy = self.folder / "files" / name / source.strip("./")
        copy.parent.mkdir(parents=True, exist_ok=True)
        # A machine that runs tests may give fewer files than the service asks for.
        text = re.sub(r"(?m)^( *maxconn) \d+$", r"\1 1000", (FILE.parent / source).read_text())
        copy.write_text(text.replace("0.0.0.0", self.addresses[name]))
        return copy

    def _view(self, name: str, service: dict[str, Any]) -> tuple[Path, list[str]]:
        """A view of the file system for one process of the service, and the commands that make it, in a namespace that is its own already."""
        self.views += 1
        root = self.folder / "views" / f"{name}-{self.views}"
        user, group = self._user(service).split(":")
        for one in ("etc", "tmp", "run", "var/lib"):
            (root / one).mkdir(parents=True)
        for file in ("passwd", "group", "nsswitch.conf", "ld.so.cache", "localtime"):
            if Path("/etc", file).exists():
                shutil.copy(Path("/etc", file), root / "etc" / file)
        (root / "etc/resolv.conf").write_text("nameserver 127.0.0.11\n")
        commands = [f"mount --bind {root} {root}"]
        for one in SEEN:
            if Path("/", one).is_symlink():
                (root / one).symlink_to(os.readlink(f"/{one}"))
            elif Path("/", one).is_dir():
                (root / one).mkdir()
                commands.append(f"mount --rbind /{one} {root}/{one}")
        mounts = [(f"/box/{one}", path, False) for one, path in (
            ("program", Path(SIGNALBOX).resolve().parent), ("web", ROOT / "web"), ("samples", ROOT / "examples/alerts"))]
        mounts += [(place, self._source(name, source), writable) for place, (source, writable) in volumes(service).items()]
        for place, source, writable in mounts:
            target = root / place.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.mkdir() if source.is_dir() else target.touch()
            commands.append(f"mount --bind {shlex.quote(str(source))} {target}")
            if not writable:
                commands.append(f"mount -o remount,bind,ro {target}")
        for place in service.get("tmpfs", []):
            target, _, options = place.partition(":")
            (root / target.lstrip("/")).mkdir(parents=True, exist_ok=True)
            commands.append(f"mount -t tmpfs -o {options} tmpfs {root}{target}")
        # A fresh volume is as the image has it there: the service's own.
        for place in ("/var/lib/signalbox", "/data"):
            if place in volumes(service):
                commands.append(f"chown {user}:{group} {root}{place}")
        return root, [*commands, f"mount -o remount,bind,ro {root}"]

    @staticmethod
    def _user(service: dict[str, Any]) -> str:
        return str(service.get("user", IMAGE_USERS.get(service["image"])))

    def words(self, name: str, *arguments: str, entrypoint: list[str] | None = None) -> list[str]:
        """The command by which it runs here; `arguments` in place of its own, and so `entrypoint`."""
        service = self.services[name]
        user, group = self._user(service).split(":")
        command = [one.replace("0.0.0.0", self.addresses[name]) for one in (list(arguments) or service.get("command", []))]
        own = service.get("entrypoint", IMAGE_ENTRYPOINTS.get(service["image"], []))
        # Where the package would have laid them.
        variables = {"PATH": PATH, "SIGNALBOX_WEB": "/box/web", "SIGNALBOX_SAMPLES": "/box/samples"} \
            | {key: str(value) for key, value in service.get("environment", {}).items()}
        rights = [f"--bounding-set=-all,{','.join('+' + one.lower() for one in service.get('cap_add', []))}".rstrip(",")]
        if user != "0":
            rights += ["--inh-caps=-all"]
        root, commands = self._view(name, service)
        inside = ["chroot", str(root), "setpriv", "--reuid", user, "--regid", group, "--clear-groups", "--no-new-privs",
                  *rights, "env", "-i", *(f"{key}={value}" for key, value in variables.items()),
                  *(entrypoint if entrypoint is not None else own), *command]
        script = " && ".join([*commands, f"cd / && exec {shlex.join(inside)}"])
        return ["nsenter", f"--net=/proc/{self.network.pid}/ns/net", "unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", script]

    def start(self, name: str) -> Program:
        """Starts it; the one before has ended."""
        self.running[name] = Program(self.words(name), f"{self.folder}/{name}.log")
        return self.running[name]

    def call(self, name: str, *arguments: str, entrypoint: list[str] | None = None, within: int = 120) -> str:
        """Runs it to its end, and gives what it printed."""
        done = subprocess.run(self.words(name, *arguments, entrypoint=entrypoint), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=within)
        assert done.returncode == 0, f"{name} {shlex.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout

    def is_healthy(self, name: str) -> bool:
        """By its health check, or that of the image: in its own view."""
        process = self.running[name].process
        assert process.poll() is None, f"{name} has ended: {self.log(name)}"
        test = self.services[name].get("healthcheck", {}).get("test", ["CMD", "test", "-s", "/run/signalbox/ready.json"])
        return subprocess.run(
            ["nsenter", f"--target={process.pid}", "--net", "--mount", "--root", *test[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0

    def until_healthy(self, *names: str) -> None:
        for name in names:
            eventually(lambda: self.is_healthy(name), lambda: f"{name} is healthy: {self.log(name)}")

    def log(self, name: str) -> str:
        return Path(f"{self.folder}/{name}.log").read_text()[-3000:]

    def close(self) -> None:
        """Ends all of it, and leaves nothing behind."""
        for program in self.running.values():
            if program.process.poll() is None:
                program.process.send_signal(signal.SIGTERM)
        for program in self.running.values():
            program.end()
        assert self.network.stdin is not None
        self.network.stdin.close()
        self.network.wait(20)
        if os.environ.get("KEEP") is None:
            shutil.rmtree(self.folder, ignore_errors=True)
