"""A case review as a LangGraph graph: plan, look with two tools at once, rate in a sub-graph, ask a person, decide.

There is no language model in it: everything follows from the trades of the case.
"""

import asyncio
import json
from typing import Any, TypedDict

from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph
from langgraph.types import interrupt

from tools import Trade, check_counterparties, check_prices, weigh

SAMPLE: list[Trade] = [
    {"id": "T-1", "buyer": "Arden", "seller": "Birch", "price": 100.0},
    {"id": "T-2", "buyer": "Cole", "seller": "Cole", "price": 100.5},
    {"id": "T-3", "buyer": "Arden", "seller": "Dale", "price": 112.0},
    {"id": "T-4", "buyer": "Birch", "seller": "Cole", "price": 111.0},
]


class Case(TypedDict, total=False):
    """The state of the graph."""

    request: str
    trades: list[Trade]
    pace: float
    plan: list[str]
    findings: list[dict[str, Any]]
    score: float
    cleared: str
    note: str
    decision: dict[str, Any]


def read_case(text: str, data: list[Any]) -> Case:
    """The graph's input: trades of a data part or of a JSON text, or else the sample; `pace` is how long a look at a trade takes."""
    given = next((one for one in data if isinstance(one, dict)), None)
    if given is None and text.lstrip().startswith("{"):
        given = json.loads(text)
    given = given or {}
    return {"request": text, "trades": given.get("trades", SAMPLE), "pace": float(given.get("pace", 0.05))}


async def plan(case: Case) -> Case:
    """Says what will be done, and what the case is called."""
    trades = case["trades"]
    if not trades:
        raise ValueError('The case has no trades: send {"trades": [{"id", "buyer", "seller", "price"}, …]}.')
    steps = ["check prices", "check counterparties", "rate", "ask", "decide"]
    get_stream_writer()(
        {
            "type": "progress",
            "message": f"Plan: {', '.join(steps)}.",
            "title": f"Review of {len(trades)} trades",
            "phase": "plan",
        }
    )
    return {"plan": steps}


async def evidence(case: Case) -> Case:
    """Both tools look at the same time."""
    given = {"trades": case["trades"], "pace": case["pace"]}
    prices, parties = await asyncio.gather(check_prices.ainvoke(given), check_counterparties.ainvoke(given))
    return {"findings": [*prices["jumps"], *parties["selfDeals"]]}


async def score(case: Case) -> Case:
    """A node of the sub-graph: a tool weighs what was found."""
    get_stream_writer()("Weighing the findings.")
    return {"score": await weigh.ainvoke({"count": len(case["findings"])})}


async def explain(case: Case) -> Case:
    """The other one puts it into words."""
    get_stream_writer()(
        {"type": "thinking", "message": f"A score of {case['score']} from {len(case['findings'])} findings."}
    )
    return {}


async def ask(case: Case) -> Case:
    """Nobody but a person knows whether the trades were cleared; without findings nobody is asked."""
    if not case["findings"]:
        return {"cleared": "not asked", "note": ""}
    answer = interrupt(
        {
            "prompt": "Were these trades cleared beforehand?",
            "why": f"{len(case['findings'])} of them look unusual, and the register is on paper.",
            "fields": [
                {
                    "name": "cleared",
                    "label": "Cleared",
                    "type": "choice",
                    "options": [{"value": "yes", "label": "Yes, seen"}, {"value": "no", "label": "No"}],
                },
                {"name": "note", "label": "Note", "type": "text", "required": False, "maxLength": 200},
            ],
            "deadline": 600,
            "onExpiry": "it is taken as not cleared.",
            "default": {"cleared": "no"},
        }
    )
    return {"cleared": answer["cleared"], "note": answer.get("note", "")}


async def decide(case: Case) -> Case:
    """What it all comes to."""
    escalates = bool(case["findings"]) and case["cleared"] == "no"
    return {
        "decision": {
            "determination": "ESCALATE" if escalates else "CLOSE",
            "score": case["score"],
            "findings": case["findings"],
            "cleared": case["cleared"],
            "note": case["note"],
        }
    }


def make_graph() -> Any:
    """The compiled graph. signalbox-agent gives it a checkpointer, with which it waits for answers."""
    rating: Any = StateGraph(Case)
    rating.add_node("score", score)
    rating.add_node("explain", explain)
    rating.add_edge(START, "score")
    rating.add_edge("score", "explain")
    rating.add_edge("explain", END)

    review: Any = StateGraph(Case)
    review.add_node("plan", plan)
    review.add_node("evidence", evidence)
    review.add_node("rating", rating.compile())
    review.add_node("ask", ask)
    review.add_node("decide", decide)
    for before, after in (
        (START, "plan"),
        ("plan", "evidence"),
        ("evidence", "rating"),
        ("rating", "ask"),
        ("ask", "decide"),
        ("decide", END),
    ):
        review.add_edge(before, after)
    return review.compile()
