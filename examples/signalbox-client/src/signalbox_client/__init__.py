"""A client of the Signalbox gateway for scripts: tasks over HTTP, their records as a stream, commands with verdicts."""

from .control import Control
from .errors import GatewayError
from .gateway import Gateway
from .inbound import Inbox, Order, Subscription
from .model import (
    JSON,
    News,
    Question,
    QuestionClosed,
    Receipt,
    Record,
    RecordPage,
    Reset,
    Snapshot,
    Submitted,
    Task,
    TaskPage,
    Verdict,
)

__all__ = [
    "JSON",
    "Control",
    "Gateway",
    "GatewayError",
    "Inbox",
    "News",
    "Order",
    "Question",
    "QuestionClosed",
    "Receipt",
    "Record",
    "RecordPage",
    "Reset",
    "Snapshot",
    "Submitted",
    "Subscription",
    "Task",
    "TaskPage",
    "Verdict",
]
