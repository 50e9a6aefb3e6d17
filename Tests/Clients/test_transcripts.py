"""The curl examples of the documents, run one after the other in one shell; each prints what the document shows."""

import contextlib
import subprocess
import threading
import unittest

from stage import ROOT, stage
from transcripts import Step, steps_of

DOCUMENTS = {"docs/clients.md": 12, "docs/agentarea.md": 4, "docs/compatibility.md": 5}  # With how many calls of curl, at least.
MARK = "-- done --"


class TranscriptTests(unittest.TestCase):
    def test_what_the_document_shows_is_what_curl_prints(self) -> None:
        for document, least in DOCUMENTS.items():
            steps = steps_of(ROOT / document)
            self.assertGreater(sum("curl" in step.command for step in steps), least)
            self.run_all(document, steps)

    def run_all(self, document: str, steps: list[Step]) -> None:
        """One after the other, in one shell."""
        one = stage()
        variables = {"URL": one.url, "CA": one.ca, "CERT": one.cert, "KEY": one.key, "TOKEN": one.token, "PATH": "/usr/bin:/bin"}
        shell = subprocess.Popen(
            ["bash", "--noprofile", "--norc"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=variables)
        assert shell.stdin is not None and shell.stdout is not None
        deadline = threading.Timer(45, shell.kill)  # What hangs prints nothing, and is then not what the document shows.
        deadline.start()
        try:
            for step in steps:
                with contextlib.suppress(BrokenPipeError):
                    shell.stdin.write(f"{step.command}\nprintf '\\n%s\\n' '{MARK}'\n")
                    shell.stdin.flush()
                printed = ""
                for line in shell.stdout:
                    if line == f"{MARK}\n":
                        break
                    printed += line
                with self.subTest(f"{document}:{step.line}: {step.command}"):
                    self.assertTrue(step.matches(printed), f"It printed:\n{printed}\nThe document shows:\n{step.output}")
        finally:
            deadline.cancel()
            with contextlib.suppress(BrokenPipeError):
                shell.stdin.close()
            shell.wait(10)
            shell.stdout.close()

    def test_a_difference_is_seen(self) -> None:
        step = Step(1, "curl", '{"a":"…","b":1}\n…\nbye\n')
        for printed, is_same in (
            ('{"a":"x","b":1}\nbye\n', True), ('{"a":"x","b":1}\n1\n2\nbye', True), ('{"a":"x","b":2}\nbye', False),
            ('{"a":"x","b":1,"c":2}\nbye', False), ('{"a":"","b":1}\nbye', False), ('{"a":"x","b":1}\n', False),
        ):
            self.assertEqual(step.matches(printed), is_same, printed)
        self.assertTrue(Step(1, "A=1", "").matches("\n"))
