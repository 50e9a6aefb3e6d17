#!/usr/bin/env python3
"""Follows a task to its end, one line for each record: follow.py TASK. Ends with 0 where it completed, else with 2."""

import json

from access import gateway, parser, run

from signalbox_client import News, Record


def line(news: News) -> str:
    """What people read of it."""
    if isinstance(news, Record):
        return f"{news.time}  {news.seq:>5}  {news.kind:<9} {news.state or json.dumps(news.data, ensure_ascii=False)[:120]}"
    states = ", ".join(f"{task.id} is {task.state}" for task in news.tasks)
    return f"-- what was shown before is void, the gateway's journal is another one; now {states}"


async def main() -> int:
    """The task's end as an exit code."""
    arguments = parser(__doc__ or "")
    arguments.add_argument("task")
    options = arguments.parse_args()
    async with gateway(options) as signalbox:
        async for news in signalbox.watch(options.task, tries=None):
            print(line(news), flush=True)
        return 0 if (await signalbox.get(options.task)).state == "completed" else 2


if __name__ == "__main__":
    run(main)
