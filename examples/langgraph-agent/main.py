"""Serves the case review to Signalbox. `python main.py --help` has the options."""

from graph import make_graph, read_case
from signalbox_agent import Profile, serve
from signalbox_agent.langgraph import GraphAgent

if __name__ == "__main__":
    serve(
        GraphAgent(make_graph(), lambda context: read_case(context.text, context.data), result="decision"),
        Profile("case-review", "Reviews the trades of a case, and asks whether they were cleared."),
    )
