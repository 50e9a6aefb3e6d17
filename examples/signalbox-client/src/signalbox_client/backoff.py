"""How long to wait before the next try."""

import random

STEPS: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 16.0)


class Backoff:
    """1, 2, 4, 8, 16 s, each from half of it to one and a half times as much.

    So those who were cut off together do not come back together.
    """

    def __init__(self, tries: int | None) -> None:
        self._tries = tries
        self._made = 0

    def worked(self) -> None:
        """The next loss is a first one."""
        self._made = 0

    def next(self, asked: float | None = None, least: float = 0.0) -> float | None:
        """Seconds to wait; None when all tries are made.

        `asked`: what the gateway asked everybody for; `least`: what it asked this client alone for.
        """
        if self._tries is not None and self._made >= self._tries:
            return None
        step = STEPS[min(self._made, len(STEPS) - 1)]
        self._made += 1
        return max(step * random.uniform(0.5, 1.5), (asked or 0.0) * random.uniform(1.0, 1.5), least)
