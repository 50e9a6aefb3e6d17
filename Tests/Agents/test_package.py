"""The package as others get it: it installs with pip, and its types and those of the examples hold."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from theatre import ROOT

EXAMPLES = f"{ROOT}/examples"


class PackageTests(unittest.TestCase):
    def test_it_installs_with_pip(self) -> None:
        folder = tempfile.mkdtemp(prefix="signalbox-agent-")
        self.addCleanup(shutil.rmtree, folder)
        # Building leaves files behind, so a copy is built. What it needs is in this environment already.
        shutil.copytree(
            f"{EXAMPLES}/signalbox-agent",
            f"{folder}/source",
            ignore=shutil.ignore_patterns("*.egg-info", "build", "__pycache__"),
        )
        installed = subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--no-index",
                "--no-deps",
                "--no-build-isolation",
                "--target",
                f"{folder}/site",
                f"{folder}/source",
            ],
            capture_output=True,
            text=True,
        )
        self.assertEqual(installed.returncode, 0, installed.stderr)
        self.assertTrue(os.path.exists(f"{folder}/site/signalbox_agent/py.typed"))
        program = (
            "import signalbox_agent; from signalbox_agent.langgraph import GraphAgent; print(signalbox_agent.__file__)"
        )
        ran = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": f"{folder}/site"},
        )
        self.assertEqual(ran.stdout.strip(), f"{folder}/site/signalbox_agent/__init__.py", ran.stderr)

    def test_the_types_hold(self) -> None:
        places = (
            ["signalbox-agent/src"],
            ["langgraph-agent/main.py", "langgraph-agent/graph.py", "langgraph-agent/tools.py"],
            ["plain-a2a-agent/word_counter.py", "plain-a2a-agent/turner.py", "plain-a2a-agent/serving.py"],
            ["../Tests/Agents"],
        )
        for files in places:
            with self.subTest(files[0]):
                checked = subprocess.run(
                    [sys.executable, "-m", "mypy", "--strict", "--cache-dir", f"{ROOT}/.build/agents/mypy", *files],
                    cwd=EXAMPLES,
                    capture_output=True,
                    text=True,
                    env={**os.environ, "MYPYPATH": "signalbox-agent/src:langgraph-agent:../Tests/Browser"},
                )
                self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)


if __name__ == "__main__":
    unittest.main()
