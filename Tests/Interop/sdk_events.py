"""What a stream of an agent brought, as lines that can be compared."""

from collections.abc import AsyncIterator

from a2a.types.a2a_pb2 import StreamResponse, Task

from sdk_peer import expect, expect_equal, state_name, text_of


def described(event: StreamResponse) -> str:
    kind = event.WhichOneof('payload')
    if kind == 'task':
        return f'task {state_name(event.task.status)}'
    if kind == 'message':
        return f'message: {text_of(event.message.parts)}'
    if kind == 'status_update':
        status = event.status_update.status
        text = text_of(status.message.parts)
        return f'status {state_name(status)}' + (f': {text}' if text else '')
    update = event.artifact_update
    marks = (' appended' if update.append else '') + (' last' if update.last_chunk else '')
    return f'artifact{marks}: {text_of(update.artifact.parts)}'


async def until(stream: AsyncIterator[StreamResponse], description: str) -> list[StreamResponse]:
    """Reads up to the first event of that description, which is the last of those given."""
    events = []
    async for event in stream:
        events.append(event)
        if described(event).startswith(description):
            return events
    seen = [described(event) for event in events]
    raise AssertionError(f'the stream ended before {description!r}, with {seen}')


async def whole(stream: AsyncIterator[StreamResponse]) -> list[StreamResponse]:
    return [event async for event in stream]


def expect_lifecycle(events: list[StreamResponse], expected: list[str]) -> Task:
    """A task first and nothing but its updates after it: exactly those expected.

    How often an agent says that it is working, and in which words, is its own affair; it need not where the task is
    WORKING from the start. A last snapshot may close the stream.
    """
    lines = [described(event) for event in events]
    expect(lines, 'the stream is empty')
    expect(lines[0] in ('task SUBMITTED', 'task WORKING'), f'the stream begins with {lines[0]!r}, not with a new task')
    task = events[0].task
    for event in events[1:]:
        update = getattr(event, event.WhichOneof('payload'))
        if event.HasField('task'):
            expect_equal('the id of the last snapshot', update.id, task.id)
        else:
            expect(not event.HasField('message'), f'a message came after a task: {lines}')
            expect_equal('the ids of an update', (update.task_id, update.context_id), (task.id, task.context_id))
    updates = lines[1:]
    if updates and updates[-1] == f'task {state_of(expected[-1])}':
        updates.pop()
    expect_equal('the stream after its task', told_once(lines[0], updates), told_once(lines[0], expected))
    return task


def state_of(line: str) -> str:
    return line.split()[1].rstrip(':')


def told_once(first: str, lines: list[str]) -> list[str]:
    """Leaves out every WORKING that tells nothing new."""
    told, state = [], state_of(first)
    for line in lines:
        if line.startswith('status WORKING'):
            if state == 'WORKING':
                continue
            line = 'status WORKING'
        if line.startswith('status'):
            state = state_of(line)
        told.append(line)
    return told
