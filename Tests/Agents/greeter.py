"""An agent that is one coroutine: it greets whom it is told of, or asks; `wait` has it wait until it is cancelled."""

import asyncio

from signalbox_agent import FunctionAgent, Profile, TaskContext, serve


async def greet(context: TaskContext) -> str:
    """The work of one task."""
    if context.text == "wait":
        context.progress("waiting")
        await asyncio.Event().wait()
    name = await context.ask("Who are you?") if context.text == "ask" else context.text
    async with context.tool("write_greeting") as tool:
        tool.progress("found a word", step=1, total=1)
        tool.gave("one word")
    context.artifact("greeting", text=f"Hello, {name}!")
    return "Done."


if __name__ == "__main__":
    serve(FunctionAgent(greet), Profile("greeter", "Greets people."))
