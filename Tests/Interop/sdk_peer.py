"""The SDK's client for one agent, bound to one binding and one version of the protocol."""

import ssl
import uuid

from collections.abc import AsyncIterator

import httpx

from a2a.client import A2ACardResolver, Client, ClientConfig, ClientFactory
from a2a.client.card_resolver import parse_agent_card
from a2a.types.a2a_pb2 import (
    AgentCard,
    GetTaskRequest,
    Message,
    Part,
    Role,
    SendMessageConfiguration,
    SendMessageRequest,
    StreamResponse,
    SubscribeToTaskRequest,
    Task,
    TaskPushNotificationConfig,
    TaskState,
    TaskStatus,
)


class Mismatch(Exception):
    """The agent did something else than what was expected of it."""


def expect(condition: object, otherwise: str) -> None:
    if not condition:
        raise Mismatch(otherwise)


def expect_equal(what: str, seen: object, expected: object) -> None:
    expect(seen == expected, f'{what} is {seen!r}, not {expected!r}')


def state_name(status: TaskStatus) -> str:
    return TaskState.Name(status.state).removeprefix('TASK_STATE_')


def text_of(parts: list[Part]) -> str:
    return ''.join(part.text for part in parts)


class Peer:
    def __init__(self, http: httpx.AsyncClient, url: str, binding: str, version: str, card: AgentCard):
        self.http, self.url, self.binding, self.version, self.card = http, url, binding, version, card
        self.client = self._client(streaming=True)
        self._unary = self._client(streaming=False)

    @staticmethod
    def http_client(certificate: str | None, key: str | None, authority: str | None) -> httpx.AsyncClient:
        context = ssl.create_default_context(cafile=authority)
        if certificate:
            context.load_cert_chain(certificate, key)
        return httpx.AsyncClient(verify=context, timeout=60, trust_env=False)

    @classmethod
    async def meet(cls, http: httpx.AsyncClient, url: str, binding: str, version: str) -> 'Peer':
        """Reads the card as a client of that version would, and keeps the interface of that binding alone."""
        if version == '1.0':
            card = await A2ACardResolver(http, url).get_agent_card()
        else:
            document = (await http.get(f'{url}/.well-known/agent-card.json')).raise_for_status().json()
            document.pop('supportedInterfaces', None)
            card = parse_agent_card(document)
        offered = [(offer.protocol_binding, offer.protocol_version, offer.url) for offer in card.supported_interfaces]
        kept = [
            offer
            for offer in card.supported_interfaces
            if offer.protocol_binding == binding and offer.protocol_version.startswith(version)
        ]
        expect(kept, f'the card offers {offered}, and so no {binding} {version}')
        card.ClearField('supported_interfaces')
        card.supported_interfaces.append(kept[0])
        return cls(http, url, binding, version, card)

    @property
    def names_errors(self) -> bool:
        """HTTP+JSON of 0.3 has no agreed form of errors: there the client knows that there is one, and no more."""
        return (self.binding, self.version) != ('HTTP+JSON', '0.3')

    def _client(self, streaming: bool) -> Client:
        config = ClientConfig(
            streaming=streaming, httpx_client=self.http, supported_protocol_bindings=[self.binding]
        )
        return ClientFactory(config).create(self.card)

    # What the scenarios say to it

    @staticmethod
    def message(behaviour: str, text: str = 'Please.', *, task: Task | None = None, **fields: str) -> Message:
        if task:
            fields = {'task_id': task.id, 'context_id': task.context_id} | fields
        identifier = f'{behaviour}-{uuid.uuid4().hex[:8]}'
        return Message(message_id=identifier, role=Role.ROLE_USER, parts=[Part(text=text)], **fields)

    async def send(
        self, message: Message, *, push: TaskPushNotificationConfig | None = None, immediately: bool = False
    ) -> StreamResponse:
        configuration = SendMessageConfiguration(
            task_push_notification_config=push, return_immediately=immediately, accepted_output_modes=['text/plain']
        )
        request = SendMessageRequest(message=message, configuration=configuration)
        answers = [answer async for answer in self._unary.send_message(request)]
        expect_equal('the number of answers', len(answers), 1)
        return answers[0]

    async def send_for_task(self, message: Message, state: str, **options: object) -> Task:
        answer = await self.send(message, **options)
        expect(answer.HasField('task'), f'the answer is no task: {answer}')
        expect_equal('the state', state_name(answer.task.status), state)
        expect(answer.task.id and answer.task.context_id, 'the task has no id or no contextId')
        return answer.task

    def stream(self, message: Message) -> AsyncIterator[StreamResponse]:
        return self.client.send_message(SendMessageRequest(message=message))

    def subscribe(self, task: Task) -> AsyncIterator[StreamResponse]:
        return self.client.subscribe(SubscribeToTaskRequest(id=task.id))

    async def get(self, task: Task, **fields: int) -> Task:
        return await self.client.get_task(GetTaskRequest(id=task.id, **fields))
