#!/usr/bin/env python3
"""Answers questions by rule, until it is stopped: answer_by_rule.py RULES.json [--once].

RULES.json is a list of {"agent"?, "text", "values" | "answer" | "decline"}: the first rule whose agent is the question's, and whose
regular expression `text` is found in it, answers. What no rule fits is left to people. `--once` ends when nothing waits any more.
"""

import json
import re
from pathlib import Path
from typing import Any

from access import gateway, parser, run

from signalbox_client import Control, GatewayError, Question


def rule_for(question: Question, rules: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The first one that fits."""
    for rule in rules:
        if rule.get("agent") in (None, question.agent) and re.search(rule["text"], question.text):
            return rule
    return None


async def answer(control: Control, question: Question, rules: list[dict[str, Any]]) -> None:
    """Answers, if a rule says how and nobody was first."""
    rule = rule_for(question, rules)
    name = f"{question.task} {question.question}"
    if rule is None or not question.may_answer or question.state != "open":
        print(
            f"{name}  left to people: {question.text.splitlines()[0] if question.text else question.kind}", flush=True
        )
        return
    try:
        order = await control.answer(
            question.task,
            question.question,
            values=rule.get("values"),
            text=rule.get("answer"),
            decline=rule.get("decline", False),
        )
        print(f"{name}  {(await order.verdict()).verdict}", flush=True)
    except GatewayError as error:
        if error.code == "line-lost":
            raise
        wrong = "; ".join(f"{one['field']}: {one['description']}" for one in error.violations)
        print(f"{name}  not answered: {error}{f' {wrong}' if wrong else ''}", flush=True)


async def main() -> int:
    """0 with `--once`; else it goes on for as long as the gateway does."""
    arguments = parser(__doc__ or "")
    arguments.add_argument("rules", type=Path)
    arguments.add_argument("--once", action="store_true")
    options = arguments.parse_args()
    rules = json.loads(options.rules.read_text())
    async with gateway(options) as signalbox, signalbox.control() as control:
        inbox = await control.questions()
        left = inbox.waiting
        if options.once and left == 0:
            return 0
        async for news in inbox:
            if isinstance(news, Question):
                await answer(control, news, rules)
                left -= 1
            if options.once and left <= 0:
                return 0
    return 1


if __name__ == "__main__":
    run(main)
