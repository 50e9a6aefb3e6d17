#!/usr/bin/env python3
"""Cancels the tasks of an agent that have run for too long: cancel_old.py AGENT MINUTES [--dry-run]. Ends with 2 where one goes on."""

import asyncio
from datetime import UTC, datetime, timedelta

from access import gateway, parser, run

from signalbox_client import Gateway, GatewayError, Task


async def cancel(signalbox: Gateway, task: Task, minutes: float) -> bool:
    """Whether it has ended; says what came of it."""
    try:
        # The id makes a second run, begun while the first one waits, the same command.
        receipt = await signalbox.cancel(
            task.id, why=f"It has run for more than {minutes:g} minutes.", id=f"old-{task.id}"
        )
    except GatewayError as error:
        print(f"{task.id}  {error}")
        return error.code == "task-ended"
    verdict = receipt.verdict
    print(
        f"{task.id}  {'no verdict yet' if verdict is None else ': '.join(filter(None, (verdict.verdict, verdict.why)))}"
    )
    return verdict is not None and verdict.verdict in ("stopped", "ignored", "too-late")


async def main() -> int:
    """2 where a task goes on all the same."""
    arguments = parser(__doc__ or "")
    arguments.add_argument("agent")
    arguments.add_argument("minutes", type=float)
    arguments.add_argument("--dry-run", action="store_true", help="says which, and does nothing")
    options = arguments.parse_args()
    before = datetime.now(UTC) - timedelta(minutes=options.minutes)
    async with gateway(options) as signalbox:
        old = [
            task
            async for task in signalbox.tasks(final=False, agent=options.agent)
            if datetime.fromisoformat(task.opened) <= before
        ]
        if options.dry_run:
            for task in old:
                print(f"{task.id}  {task.state}  since {task.opened}  {task.title}")
            return 0
        ended = await asyncio.gather(*(cancel(signalbox, task, options.minutes) for task in old))
        return 0 if all(ended) else 2


if __name__ == "__main__":
    run(main)
