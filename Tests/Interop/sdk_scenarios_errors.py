"""What an agent must refuse, and the error that the SDK's client makes of it."""

from collections.abc import Awaitable

from a2a.client import ClientCallContext
from a2a.types.a2a_pb2 import CancelTaskRequest, GetTaskRequest, ListTasksRequest, Task
from a2a.utils.errors import (
    A2AError,
    InvalidParamsError,
    TaskNotCancelableError,
    TaskNotFoundError,
    UnsupportedOperationError,
    VersionNotSupportedError,
)

from sdk_events import whole
from sdk_peer import Mismatch, Peer, expect


async def refused(peer: Peer, what: str, error: type[A2AError], asking: Awaitable[object]) -> None:
    try:
        answer = await asking
    except A2AError as thrown:
        if peer.names_errors and not isinstance(thrown, error):
            raise Mismatch(f'{what} gives {thrown!r}, not {error.__name__}') from thrown
        expect(str(thrown).strip(), f'{what} gives {error.__name__} without a text')
        return
    raise Mismatch(f'{what} is not refused: {answer}')


async def errors(peer: Peer) -> str:
    unknown = Task(id='no-such-task')
    over = await peer.send_for_task(peer.message('tck-complete-task'), 'COMPLETED')
    waiting = await peer.send_for_task(peer.message('tck-input-required'), 'INPUT_REQUIRED')
    client = peer.client
    elsewhere = peer.message('tck-complete-task', task=waiting, context_id='another-context')
    cases = [
        ('getting an unknown task', TaskNotFoundError, peer.get(unknown)),
        ('canceling an unknown task', TaskNotFoundError, client.cancel_task(CancelTaskRequest(id=unknown.id))),
        ('subscribing to an unknown task', TaskNotFoundError, whole(peer.subscribe(unknown))),
        ('a message to an unknown task', TaskNotFoundError, peer.send(peer.message('x', task=unknown))),
        ('a stream for an unknown task', TaskNotFoundError, whole(peer.stream(peer.message('x', task=unknown)))),
        ('canceling a completed task', TaskNotCancelableError, client.cancel_task(CancelTaskRequest(id=over.id))),
        ('a message to a completed task', UnsupportedOperationError, peer.send(peer.message('x', task=over))),
        ('subscribing to a completed task', UnsupportedOperationError, whole(peer.subscribe(over))),
        ('a message with another context', InvalidParamsError, peer.send(elsewhere)),
    ]
    if peer.version == '1.0':
        later = ClientCallContext(service_parameters={'A2A-Version': '99.0'})
        too_many = ListTasksRequest(page_size=101)
        cases += [
            ('version 99.0', VersionNotSupportedError, client.get_task(GetTaskRequest(id=over.id), context=later)),
            ('a page of 101', InvalidParamsError, client.list_tasks(too_many)),
        ]
    for what, error, asking in cases:
        await refused(peer, what, error, asking)
    return f'{len(cases)} refused'
