"""What the SDK's client asks of an agent, and what it must see. Each scenario gives a short text of what it saw."""

import asyncio

from a2a.types.a2a_pb2 import (
    CancelTaskRequest,
    GetExtendedAgentCardRequest,
    ListTasksRequest,
    TaskState,
)
from a2a.utils.errors import A2AError, TaskNotCancelableError

from sdk_events import described, expect_lifecycle, until, whole
from sdk_peer import Peer, expect, expect_equal, state_name, text_of


async def card(peer: Peer) -> str:
    url = f'{peer.url}/.well-known/agent-card.json'
    first = await peer.http.get(url)
    tag = first.headers.get('etag')
    expect(tag, 'the card has no ETag')
    again = await peer.http.get(url, headers={'If-None-Match': tag})
    expect_equal('the status for a card that is known', again.status_code, 304)
    named = peer.card.name and peer.card.description and peer.card.version
    expect(named, 'the card has no name, description or version')
    expect(peer.card.skills and peer.card.default_input_modes and peer.card.default_output_modes, 'a list is empty')
    if url.startswith('https:'):
        declared = peer.card.security_schemes.items()
        schemes = [name for name, scheme in declared if scheme.HasField('mtls_security_scheme')]
        expect(schemes, 'no security scheme of the card is mTLS')
        needed = [set(requirement.schemes) for requirement in peer.card.security_requirements]
        expect(set(schemes) in needed, f'the card needs {needed}, and its mTLS scheme is {schemes}')
    if not peer.card.capabilities.extended_agent_card:
        return f'{peer.card.name}, no extended card'
    extended = await peer.client.get_extended_agent_card(GetExtendedAgentCardRequest())
    expect(extended.name and extended.supported_interfaces, 'the extended card has no name or no interfaces')
    return f'{peer.card.name}; {extended.name}'


async def send(peer: Peer) -> str:
    task = await peer.send_for_task(peer.message('tck-complete-task'), 'COMPLETED')
    expect_equal('the text', text_of(task.status.message.parts), 'Hello from TCK')
    expect(task.status.HasField('timestamp'), 'the status has no timestamp')
    parts = {}
    kinds = ['text', 'file', 'file-url', 'data']
    # In the HTTP+JSON of 0.3 the SDK writes and reads base64 of base64, as nobody else does.
    if (peer.binding, peer.version) == ('HTTP+JSON', '0.3'):
        kinds.remove('file')
    for kind in kinds:
        task = await peer.send_for_task(peer.message(f'tck-artifact-{kind}'), 'COMPLETED')
        expect_equal(f'the number of artifacts and parts of {kind}', [len(a.parts) for a in task.artifacts], [1])
        parts[kind] = task.artifacts[0].parts[0]
    expect_equal('the text of the artifact', parts['text'].text, 'Generated text content')
    if 'file' in parts:
        expect_equal('the bytes of the artifact', parts['file'].raw, b'tck')
    expect_equal('the URL of the artifact', parts['file-url'].url, 'https://example.com/output.txt')
    for kind in kinds[1:-1]:
        named = (parts[kind].filename, parts[kind].media_type)
        expect_equal(f'name and type of {kind}', named, ('output.txt', 'text/plain'))
    expect_equal('the data', dict(parts['data'].data.struct_value.items()), {'key': 'value', 'count': 42})
    answer = await peer.send(peer.message('tck-message-response'))
    expect(answer.HasField('message'), f'a direct answer is no message: {answer}')
    expect_equal('the direct answer', text_of(answer.message.parts), 'Direct message response')
    return f'a task, {len(kinds)} kinds of parts, a message'


async def stream(peer: Peer) -> str:
    events = await whole(peer.stream(peer.message('tck-stream-artifact-chunked')))
    chunks = ['artifact: chunk-1 ', 'artifact appended last: chunk-2']
    task = expect_lifecycle(events, ['status WORKING', *chunks, 'status COMPLETED'])
    stored = await peer.get(task)
    texts = [text_of(artifact.parts) for artifact in stored.artifacts]
    expect_equal('the stored artifacts', texts, ['chunk-1 chunk-2'])
    events = await whole(peer.stream(peer.message('tck-stream-002')))
    expect_lifecycle(events, ['status COMPLETED'])
    events = await whole(peer.stream(peer.message('tck-message-response')))
    expect_equal('a stream of a message', [described(event) for event in events], ['message: Direct message response'])
    return 'chunks in order, one event, a message'


async def subscribe(peer: Peer) -> str:
    """Two subscribers of a task that waits for input see how another request completes it."""
    task = await peer.send_for_task(peer.message('tck-input-required'), 'INPUT_REQUIRED')
    subscriptions = [aiter(peer.subscribe(task)) for _ in range(2)]
    seen = []
    for subscription in subscriptions:
        first = await anext(subscription)
        # In 0.3 a snapshot is not promised, but each of these agents gives one.
        expect_equal('the first event', described(first), 'task INPUT_REQUIRED')
        expect_equal('the id of the snapshot', first.task.id, task.id)
        seen.append([])
    collecting = [asyncio.create_task(whole(subscription)) for subscription in subscriptions]
    await peer.send_for_task(peer.message('tck-stream-001', task=task), 'COMPLETED')
    seen = [[described(event) for event in await events] for events in collecting]
    seen = [[line for line in lines if not line.startswith('task ')] for lines in seen]
    expect_equal('what the second saw, beside the first,', seen[1], seen[0])
    expect_equal('the end', seen[0][-1:], ['status COMPLETED'])
    artifacts = [line.replace(' last', '') for line in seen[0] if line.startswith('artifact')]
    expect_equal('the artifacts', artifacts, ['artifact: Stream hello from TCK'])
    return 'snapshot, then the same updates twice, then the end'


async def cancel(peer: Peer) -> str:
    running = aiter(peer.stream(peer.message('test-endless')))
    events = await until(running, 'status WORKING')
    task = events[0].task
    rest = asyncio.create_task(whole(running))
    answer = await peer.client.cancel_task(CancelTaskRequest(id=task.id))
    expect_equal('the answer', (answer.id, state_name(answer.status)), (task.id, 'CANCELED'))
    last = described((await rest)[-1])
    expect(last.startswith(('status CANCELED', 'task CANCELED')), f'the stream ends with {last!r}')
    expect_equal('the state stored', state_name((await peer.get(task)).status), 'CANCELED')
    try:
        again = await peer.client.cancel_task(CancelTaskRequest(id=task.id))
    except A2AError as error:
        expect(isinstance(error, TaskNotCancelableError) or not peer.names_errors, f'a second time gives {error!r}')
        return 'canceled; a second time is refused'
    expect_equal('the state after a second time', state_name(again.status), 'CANCELED')
    return 'canceled; a second time gives the same task'


async def input_required(peer: Peer) -> str:
    task = await peer.send_for_task(peer.message('tck-input-required', 'first'), 'INPUT_REQUIRED')
    expect(text_of(task.status.message.parts), 'there is no question')
    same = await peer.send_for_task(peer.message('tck-input-required', 'second', task=task), 'INPUT_REQUIRED')
    done = await peer.send_for_task(peer.message('tck-complete-task', 'third', task=task), 'COMPLETED')
    expect_equal('the ids', {(one.id, one.context_id) for one in (task, same, done)}, {(task.id, task.context_id)})
    said = [text_of(message.parts) for message in (await peer.get(task)).history]
    expected = ['first', 'second', 'third']
    expect_equal('what was said', [text for text in said if text in expected], expected)
    # The same as streams: the first closes at the question or stays open, the second brings the answer.
    opened = await until(peer.stream(peer.message('test-question')), 'status INPUT_REQUIRED')
    task = opened[0].task
    await until(peer.stream(peer.message('answer', 'yes', task=task)), 'status COMPLETED: Answered: yes')
    return 'two questions answered, whole and streamed'


async def get(peer: Peer) -> str:
    task = await peer.send_for_task(peer.message('tck-input-required', 'first'), 'INPUT_REQUIRED')
    await peer.send_for_task(peer.message('tck-complete-task', 'second', task=task), 'COMPLETED')
    whole_task = await peer.get(task)
    expect_equal('the state', state_name(whole_task.status), 'COMPLETED')
    asked = [0, 1, 50] if peer.version == '1.0' else [1, 50]  # In 0.3 nothing says that 0 is none.
    lengths = [len((await peer.get(task, history_length=length)).history) for length in asked]
    expect_equal(f'the lengths of the history for {asked}', lengths, [*asked[:-1], len(whole_task.history)])
    pending = await peer.send(peer.message('test-endless'), immediately=True)
    expect(pending.HasField('task'), 'an immediate answer is no task')
    state = state_name(pending.task.status)
    expect(state in ('SUBMITTED', 'WORKING'), f'an immediate answer is {state}')
    await peer.client.cancel_task(CancelTaskRequest(id=pending.task.id))
    return f'history of {len(whole_task.history)}; an immediate answer is {state}'


async def list_tasks(peer: Peer) -> str:
    if peer.version != '1.0':
        try:
            await peer.client.list_tasks(ListTasksRequest())
        except NotImplementedError:
            return '0.3 has no such operation'
        expect(False, 'the client of 0.3 lists tasks')
    first = await peer.send_for_task(peer.message('tck-complete-task'), 'COMPLETED')
    context = first.context_id
    second = await peer.send_for_task(peer.message('tck-artifact-text', context_id=context), 'COMPLETED')
    third = await peer.send_for_task(peer.message('tck-input-required', context_id=context), 'INPUT_REQUIRED')

    async def listed(**fields: object) -> tuple[list[str], object]:
        answer = await peer.client.list_tasks(ListTasksRequest(context_id=context, **fields))
        return [task.id for task in answer.tasks], answer

    ids, answer = await listed()
    expect_equal('all, newest first,', ids, [third.id, second.id, first.id])
    expect_equal('size and token', (answer.total_size, answer.next_page_token), (3, ''))
    expect(not any(task.artifacts for task in answer.tasks), 'artifacts came though nobody asked')
    ids, answer = await listed(include_artifacts=True)
    expect_equal('artifacts', [len(task.artifacts) for task in answer.tasks], [0, 1, 0])
    ids, answer = await listed(page_size=2)
    expect_equal('the first page', (ids, answer.page_size, answer.total_size), ([third.id, second.id], 2, 3))
    ids, answer = await listed(page_size=2, page_token=answer.next_page_token)
    expect_equal('the last page', (ids, answer.next_page_token), ([first.id], ''))
    ids, _ = await listed(status=TaskState.TASK_STATE_INPUT_REQUIRED)
    expect_equal('those that wait', ids, [third.id])
    return 'three tasks, two pages'
