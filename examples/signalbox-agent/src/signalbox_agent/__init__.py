"""Serves agents written in Python to Signalbox: A2A with progress and questions, over TLS with certificates on both sides."""

from .cards import Profile
from .context import Agent, FunctionAgent, TaskContext, ToolCall, is_cancelled
from .errors import AgentFailure, AgentRejection, QuestionDeclined, QuestionExpired
from .questions import QUESTIONS_URI, BadQuestion, Question
from .reports import PROGRESS_URI, ArtifactChunk, Report, Update
from .server import make_application, serve

__all__ = [
    "PROGRESS_URI",
    "QUESTIONS_URI",
    "Agent",
    "AgentFailure",
    "AgentRejection",
    "ArtifactChunk",
    "BadQuestion",
    "FunctionAgent",
    "Profile",
    "Question",
    "QuestionDeclined",
    "QuestionExpired",
    "Report",
    "TaskContext",
    "ToolCall",
    "Update",
    "is_cancelled",
    "make_application",
    "serve",
]
