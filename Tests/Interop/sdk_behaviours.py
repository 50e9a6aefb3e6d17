"""What the SDK's agent does, by prefix of a message's id; the longest prefix that fits decides.

Those that do not begin with `sdk-` mean the same to `signalbox agent conformance`, and those with `tck-` to the public
conformance kit.
"""

import asyncio

from collections.abc import Awaitable, Callable

from a2a.helpers.proto_helpers import get_message_text, new_task_from_user_message
from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import EventQueue
from a2a.server.tasks import TaskUpdater
from a2a.types.a2a_pb2 import Message, Part, Role
from a2a.utils.errors import InvalidParamsError
from google.protobuf.struct_pb2 import Value


class Run:
    """One call of the agent for one message."""

    def __init__(self, context: RequestContext, queue: EventQueue):
        self.context = context
        self.queue = queue
        # A message may name its task alone; the SDK would then make up a context.
        task = context.current_task
        self.updater = TaskUpdater(queue, context.task_id, task.context_id if task else context.context_id)
        self.text = get_message_text(context.message)

    def says(self, text: str) -> Message:
        return self.updater.new_agent_message([Part(text=text)])

    async def working(self, text: str | None = None) -> None:
        await self.updater.start_work(self.says(text) if text else None)

    async def artifact(self, part: Part, *, append: bool = False, last: bool = True) -> None:
        await self.updater.add_artifact([part], artifact_id='result', name='result', append=append, last_chunk=last)


def completes(text: str | None = None, part: Part | None = None) -> Callable[[Run], Awaitable[None]]:
    async def behave(run: Run) -> None:
        if part:
            await run.artifact(part)
        await run.updater.complete(run.says(text) if text else None)

    return behave


def streams(*parts: Part) -> Callable[[Run], Awaitable[None]]:
    """Works, gives one artifact in as many chunks as there are parts, and completes."""

    async def behave(run: Run) -> None:
        await run.working()
        for index, part in enumerate(parts):
            await run.artifact(part, append=index > 0, last=index == len(parts) - 1)
        await run.updater.complete()

    return behave


async def asks(run: Run) -> None:
    await run.updater.requires_input(run.says('Which one do you mean?'))


async def asks_and_listens(run: Run) -> None:
    """What the answer's own id is does not matter."""
    if run.context.current_task:
        await run.working()
        await run.updater.complete(run.says(f'Answered: {run.text}'))
    else:
        await run.updater.requires_input(run.says('Was the trade cleared beforehand?'))


async def progresses(run: Run) -> None:
    for step in range(1, 4):
        await run.working(f'Step {step} of 3')
    await run.artifact(Part(text='first '), last=False)
    await run.artifact(Part(text='second'), append=True)
    await run.updater.complete(run.says('Done'))


async def never_ends(run: Run) -> None:
    await run.working('This takes for ever')
    await asyncio.Event().wait()


async def fails(run: Run) -> None:
    await run.working()
    await run.updater.failed(run.says('The market data of 2026-03-01 is missing.'))


async def raises(run: Run) -> None:
    raise InvalidParamsError(message='This message is refused')


async def rejects(run: Run) -> None:
    await run.updater.reject(run.says('Rejected'))


async def answers_directly(run: Run) -> None:
    # The direct answer is the one that creates no task, so it names none.
    await run.queue.enqueue_event(
        Message(
            message_id=f'answer-to-{run.context.message.message_id}',
            context_id=run.context.context_id,
            role=Role.ROLE_AGENT,
            parts=[Part(text='Direct message response')],
        )
    )


async def takes_four_seconds(run: Run) -> None:
    await run.working()
    await asyncio.sleep(4)
    await run.updater.complete()


def data_part() -> Part:
    part = Part(data=Value())
    part.data.struct_value.update({'key': 'value', 'count': 42})
    return part


FILE = {'filename': 'output.txt', 'media_type': 'text/plain'}

BEHAVIOURS: dict[str, Callable[[Run], Awaitable[None]]] = {
    'tck-complete-task': completes('Hello from TCK'),
    'tck-input-required': asks,
    'tck-reject-task': rejects,
    'tck-message-response': answers_directly,
    'tck-artifact-text': completes(part=Part(text='Generated text content')),
    'tck-artifact-file': completes(part=Part(raw=b'tck', **FILE)),
    'tck-artifact-file-url': completes(part=Part(url='https://example.com/output.txt', **FILE)),
    'tck-artifact-data': completes(part=data_part()),
    'tck-stream-001': streams(Part(text='Stream hello from TCK')),
    'tck-stream-002': completes(),
    'tck-stream-003': streams(Part(text='Stream task lifecycle')),
    'tck-stream-ordering-001': streams(Part(text='Ordered output')),
    'tck-stream-artifact-text': streams(Part(text='Streamed text content')),
    'tck-stream-artifact-file': streams(Part(raw=b'tck', **FILE)),
    'tck-stream-artifact-chunked': streams(Part(text='chunk-1 '), Part(text='chunk-2')),
    'test-resubscribe-message-id': takes_four_seconds,
    'test-question': asks_and_listens,
    'test-endless': never_ends,
    'test-fail': fails,
    'sdk-steps': progresses,
    'sdk-refused': raises,
}


class ScriptedAgent(AgentExecutor):
    async def execute(self, context: RequestContext, queue: EventQueue) -> None:
        fitting = [prefix for prefix in BEHAVIOURS if context.message.message_id.startswith(prefix)]
        behave = BEHAVIOURS[max(fitting, key=len)] if fitting else completes()
        # A task that was asked something knows its own answer.
        if context.current_task and context.current_task.history[0].message_id.startswith('test-question'):
            behave = asks_and_listens
        if not context.current_task and behave is not answers_directly and behave is not raises:
            await queue.enqueue_event(new_task_from_user_message(context.message))
        await behave(Run(context, queue))

    async def cancel(self, context: RequestContext, queue: EventQueue) -> None:
        await TaskUpdater(queue, context.task_id, context.context_id).cancel()
