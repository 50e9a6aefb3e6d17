"""The tools: they look at the trades of a case, and say how far they are."""

import asyncio
from typing import Any

from langchain_core.tools import tool
from signalbox_agent.langgraph import report_progress

Trade = dict[str, Any]


@tool
async def check_prices(trades: list[Trade], pace: float) -> dict[str, Any]:
    """Finds trades whose price is far from the one before."""
    found = []
    for index, trade in enumerate(trades):
        await asyncio.sleep(pace)
        before = trades[index - 1]["price"] if index else trade["price"]
        change = (trade["price"] - before) / before
        if abs(change) > 0.05:
            found.append({"trade": trade["id"], "change": round(change, 3)})
        report_progress(f"trade {trade['id']}", step=index + 1, total=len(trades))
    return {"jumps": found}


@tool
async def check_counterparties(trades: list[Trade], pace: float) -> dict[str, Any]:
    """Finds trades in which one owner stands on both sides."""
    found = []
    for index, trade in enumerate(trades):
        await asyncio.sleep(pace)
        if trade["buyer"] == trade["seller"]:
            found.append({"trade": trade["id"], "owner": trade["buyer"]})
        report_progress(f"trade {trade['id']}", step=index + 1, total=len(trades))
    return {"selfDeals": found}


@tool
async def weigh(count: int) -> float:
    """A score from the number of things that were found: each is worth less than the one before."""
    report_progress(f"{count} findings", step=1, total=1)
    return round(1 - 0.6**count, 3)
