"""The example scripts as an operator starts them, and the package as pip installs it."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from case import ClientCase
from stage import ROOT

PACKAGE = ROOT / "examples/signalbox-client"


class ScriptTests(ClientCase):
    async def script(self, name: str, *arguments: str, **environment: str) -> tuple[int, str]:
        """How it ended, and what it said."""
        named = {"SIGNALBOX_URL": self.stage.url, "SIGNALBOX_CA": self.stage.ca, "SIGNALBOX_CERT": self.stage.cert,
                 "SIGNALBOX_KEY": self.stage.key, **environment}
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(PACKAGE / "examples" / name), *arguments, env={**os.environ, **named},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
        output, _ = await self.within(process.communicate())
        assert process.returncode is not None
        return process.returncode, output.decode()

    async def test_follow(self) -> None:
        good, bad = await self.begin("test-progress"), await self.begin("test-fail")
        code, output = await self.script("follow.py", good.id)
        self.assertEqual((code, len(output.splitlines())), (0, (await self.gateway.get(good.id)).last_seq))
        self.assertIn("completed", output.splitlines()[-1])
        self.assertEqual((await self.script("follow.py", bad.id))[0], 2)
        code, output = await self.script("follow.py", "no-such-task")
        self.assertEqual(code, 1)
        self.assertRegex(output, r"^follow: Task not found.* \(404 not-found\)\n$")
        code, output = await self.script("follow.py", "x", SIGNALBOX_CA="/no/such.pem")
        self.assertEqual((code, output), (1, "follow: `ca` names '/no/such.pem', which is no file.\n"))

    async def test_cancel_old(self) -> None:
        tasks = [await self.begin("test-endless") for _ in range(2)]
        for task in tasks:
            await self.at_work(task.id)
        code, output = await self.script("cancel_old.py", "conformance", "60")
        self.assertEqual((code, output), (0, ""))
        code, output = await self.script("cancel_old.py", "conformance", "0", "--dry-run")
        self.assertEqual((code, all(task.id in output for task in tasks)), (0, True))
        code, output = await self.script("cancel_old.py", "conformance", "0")
        self.assertEqual([(await self.gateway.get(task.id)).state for task in tasks], ["canceled"] * 2, output)
        self.assertEqual(code, 0, output)

    async def test_answer_by_rule(self) -> None:
        cleared, other = await self.begin("test-question"), await self.begin("test-ask")
        for task in (cleared, other):
            await self.question(task.id)
        with tempfile.TemporaryDirectory() as folder:
            rules = Path(folder, "rules.json")
            rules.write_text(json.dumps([
                {"agent": "another", "text": ".", "answer": "never"}, {"text": "trade cleared", "values": {"cleared": "unknown"}}]))
            code, output = await self.script("answer_by_rule.py", str(rules), "--once")
        self.assertEqual(code, 0, output)
        self.assertIn(f"{cleared.id} q1  taken", output)
        self.assertIn(f"{other.id} q1  left to people", output)
        await self.gateway.cancel(other.id)


class PackageTests(unittest.TestCase):
    def test_pip_installs_it_with_its_types(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-index", "--no-deps",
                 "--no-build-isolation", "--target", folder, str(PACKAGE)], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(Path(folder, "signalbox_client/py.typed").exists())
            there = subprocess.run([sys.executable, "-c", "import signalbox_client; print(signalbox_client.__file__)"],
                                   env={**os.environ, "PYTHONPATH": folder}, capture_output=True, text=True)
            self.assertTrue(there.stdout.startswith(folder), there.stdout + there.stderr)
        left = subprocess.run(["git", "status", "--porcelain", "--ignored", "examples/signalbox-client"], cwd=ROOT,
                              capture_output=True, text=True).stdout
        self.assertNotRegex(left, "build/|egg-info|dist/")

    def test_every_type_is_right(self) -> None:
        for folder, path in ((PACKAGE, "src"), (PACKAGE, "examples"), (ROOT / "Tests/Clients", "."), (ROOT / "Tests/Contracts", ".")):
            done = subprocess.run(
                [sys.executable, "-m", "mypy", "--strict", "--cache-dir", f"{ROOT}/.build/clients/mypy", path], cwd=folder,
                env={**os.environ, "MYPYPATH": f"{PACKAGE}/src"}, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
