"""Programs that a test starts, and ends by their id."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

_Value = TypeVar("_Value")
DEADLINE = 60


def eventually(
    condition: Callable[[], _Value | None], what: str | Callable[[], str], within: float = DEADLINE
) -> _Value:
    """What `condition` gives as soon as it gives something; it is asked until then, and fails with `what` after so many seconds."""
    end = time.monotonic() + within
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {within} s: {what() if callable(what) else what}")
        time.sleep(0.03)


class Program:
    """A program of ours, whose input is held open: it ends when we do."""

    def __init__(self, arguments: Sequence[str], log: str, ready: str | None = None) -> None:
        self.ready = ready
        if ready is not None and os.path.exists(ready):
            os.remove(ready)
        with open(log, "ab") as output:
            self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=output, stderr=output)
        self.log = log

    def facts(self) -> dict[str, Any]:
        """What the program wrote into its ready file."""
        assert self.ready is not None, "it was started without a ready file"
        ready = self.ready

        def read() -> dict[str, Any] | None:
            assert self.process.poll() is None, f"it ended with {self.process.returncode}; its log is {self.log}"
            try:
                with open(ready) as file:
                    return dict(json.load(file))
            except (FileNotFoundError, ValueError):
                return None

        return eventually(read, f"{self.ready} is written; the log is {self.log}")

    def kill(self) -> None:
        """Ends it without a word."""
        self.process.kill()
        self.process.wait()
        self._close_input()

    def end(self) -> None:
        """Asks it to end, and waits for that."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        self._close_input()

    def _close_input(self) -> None:
        if self.process.stdin is not None:
            self.process.stdin.close()
