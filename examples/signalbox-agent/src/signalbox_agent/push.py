"""What agents of this package do not offer, as the SDK's handler has to say it."""

from typing import Any, Never

from a2a.server.request_handlers.request_handler import RequestHandler
from a2a.utils.errors import ExtendedAgentCardNotConfiguredError, PushNotificationNotSupportedError


class WithoutPush(RequestHandler):
    """No push notifications, because the gateway sends them itself, and no other card than the public one."""

    async def _no_push(self, params: Any, context: Any) -> Never:
        raise PushNotificationNotSupportedError

    on_create_task_push_notification_config = _no_push
    on_get_task_push_notification_config = _no_push
    on_list_task_push_notification_configs = _no_push
    on_delete_task_push_notification_config = _no_push

    async def on_get_extended_agent_card(self, params: Any, context: Any) -> Never:
        """The public card says everything."""
        raise ExtendedAgentCardNotConfiguredError
