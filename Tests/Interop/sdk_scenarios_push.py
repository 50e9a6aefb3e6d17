"""Push notifications, as the SDK's client asks for them."""

from typing import Any

from a2a.types.a2a_pb2 import (
    AuthenticationInfo,
    DeleteTaskPushNotificationConfigRequest,
    GetTaskPushNotificationConfigRequest,
    ListTaskPushNotificationConfigsRequest,
    StreamResponse,
    TaskPushNotificationConfig,
)
from google.protobuf.json_format import ParseDict

from push_receiver import Push, PushReceiver
from sdk_events import described
from sdk_peer import Peer, expect, expect_equal


def described_push(push: Push) -> str:
    """A push of 1.0 is an event; one of 0.3 is the whole task, in 0.3's words."""
    body: dict[str, Any] = push.body
    if body.get('kind') == 'task':
        return f'task {body["status"]["state"].upper().replace("-", "_")}'
    return described(ParseDict(body, StreamResponse()))


async def received_until(receiver: PushReceiver, state: str) -> list[Push]:
    pushes = []
    while not pushes or state not in described_push(pushes[-1]):
        pushes.append(await receiver.next())
    return pushes


async def push(peer: Peer) -> str:
    async with PushReceiver() as receiver:
        bearer = AuthenticationInfo(scheme='Bearer', credentials='a-credential')
        inline = TaskPushNotificationConfig(id='inline', url=receiver.url, token='a-token', authentication=bearer)
        await peer.send_for_task(peer.message('tck-stream-001'), 'COMPLETED', push=inline)
        pushes = await received_until(receiver, 'COMPLETED')
        for one in pushes:
            expect_equal('the token', one.headers.get('x-a2a-notification-token'), 'a-token')
            expect_equal('the authorization', one.headers.get('authorization'), 'Bearer a-credential')
            media_type = one.headers.get('content-type')
            expect(media_type in ('application/a2a+json', 'application/json'), f'a push is {media_type}')
        kinds = {'0.3' if 'kind' in one.body else '1.0' for one in pushes}
        managed = await managed_configurations(peer, receiver)
        return f'{len(pushes)} pushes in the form of {sorted(kinds)}; {managed}'


async def managed_configurations(peer: Peer, receiver: PushReceiver) -> str:
    task = await peer.send_for_task(peer.message('tck-input-required'), 'INPUT_REQUIRED')

    async def create(name: str) -> TaskPushNotificationConfig:
        wanted = TaskPushNotificationConfig(task_id=task.id, id=name, url=receiver.url, token=f'token-{name}')
        return await peer.client.create_task_push_notification_config(wanted)

    for name in ('kept', 'deleted'):
        made = await create(name)
        expect_equal('what was made', (made.task_id, made.id, made.url), (task.id, name, receiver.url))
    got = await peer.client.get_task_push_notification_config(
        GetTaskPushNotificationConfigRequest(task_id=task.id, id='deleted')
    )
    expect_equal('what was kept', (got.task_id, got.id, got.url), (task.id, 'deleted', receiver.url))
    # The SDK's client has neither for the HTTP+JSON of 0.3.
    manageable = (peer.binding, peer.version) != ('HTTP+JSON', '0.3')
    if manageable:
        await expect_names(peer, task.id, {'kept', 'deleted'})
        request = DeleteTaskPushNotificationConfigRequest(task_id=task.id, id='deleted')
        for _ in range(2):
            await peer.client.delete_task_push_notification_config(request)
        await expect_names(peer, task.id, {'kept'})
    await peer.send_for_task(peer.message('tck-complete-task', task=task), 'COMPLETED')
    pushes = await received_until(receiver, 'COMPLETED')
    tokens = {one.headers.get('x-a2a-notification-token') for one in pushes}
    if manageable:
        expect_equal('the tokens', tokens, {'token-kept'})
    return 'made, read, listed, deleted' if manageable else 'made, read'


async def expect_names(peer: Peer, task: str, names: set[str]) -> None:
    answer = await peer.client.list_task_push_notification_configs(ListTaskPushNotificationConfigsRequest(task_id=task))
    expect_equal('the configurations', {one.id for one in answer.configs}, names)
