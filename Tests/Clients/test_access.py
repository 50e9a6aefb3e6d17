"""Who asks, and of whom: what is wrong is said, and by one exception."""

import asyncio
import socket
from collections.abc import Awaitable, Callable

from case import ClientCase, records

from signalbox_client import Gateway, GatewayError


class AccessTests(ClientCase):
    async def each_way(self, gateway: Gateway) -> list[GatewayError]:
        """What a request, a stream and a WebSocket say."""
        ways: list[Callable[[], Awaitable[object]]] = [
            gateway.task_page, lambda: records(gateway.watch("4711")), lambda: gateway.control().__aenter__()]
        return [await self.refused(way) for way in ways]

    async def test_a_token_is_as_good_as_a_certificate(self) -> None:
        async with Gateway(self.stage.url, ca=self.stage.ca, token=self.stage.token) as gateway:
            task = await self.begin("test-progress", gateway)
            self.assert_whole(await self.within(records(gateway.watch(task.id))), await self.stored(task.id))
            async with gateway.control() as control:
                self.assertEqual(control.welcome["credential"], "token")

    async def test_a_gateway_of_another_authority_is_not_talked_to(self) -> None:
        async with Gateway(self.stage.url, ca=f"{self.stage.pki}/client-ca.pem", token=self.stage.token) as gateway:
            for error in await self.each_way(gateway):
                self.assertEqual((error.status, error.code), (0, "bad-server-certificate"))
                self.assertRegex(error.detail, "certificate of https://localhost:.* is not good: .*Check")

    async def test_a_certificate_of_another_authority_is_refused_and_not_tried_again(self) -> None:
        own = f"{self.stage.pki}/services/conformance"
        async with Gateway(self.stage.url, ca=self.stage.ca, cert=f"{own}.pem", key=f"{own}.key") as gateway:
            for error in await self.each_way(gateway):
                self.assertEqual((error.status, error.code), (0, "tls-refused"))
                self.assertRegex(error.detail, "UNKNOWN_CA.*Check the files `cert` and `key`")

    async def test_without_a_credential_and_with_a_bad_one(self) -> None:
        async with Gateway(self.stage.url, ca=self.stage.ca) as gateway:
            self.assertEqual([(one.status, one.code) for one in await self.each_way(gateway)], [(401, "not-signed-in")] * 3)
        async with Gateway(self.stage.url, ca=self.stage.ca, token="a.b.c") as gateway:
            self.assertEqual([(one.status, one.code) for one in await self.each_way(gateway)], [(401, "bad-token")] * 3)

    async def test_nobody_there(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # Bound and not listening: refused, and nobody else's meanwhile.
            async with Gateway(f"https://localhost:{taken.getsockname()[1]}", ca=self.stage.ca) as gateway:
                error = await self.refused(gateway.task_page)
                self.assertEqual((error.code, error.is_worth_another_try), ("line-lost", True))
                began = asyncio.get_running_loop().time()
                tried = await self.refused(lambda: records(gateway.watch("4711", tries=1)))
                self.assertEqual(tried.code, "line-lost")
                self.assertTrue(0.5 <= asyncio.get_running_loop().time() - began < 5)

    async def test_what_cannot_be_meant_is_said_before_anything_is_asked(self) -> None:
        url, ca, cert, key = self.stage.url, self.stage.ca, self.stage.cert, self.stage.key
        wrong: list[tuple[Callable[[], Gateway], str]] = [
            (lambda: Gateway("localhost:8443"), "is no address of a gateway"),
            (lambda: Gateway(f"{url}/api", ca=ca), "without a path"),
            (lambda: Gateway(url, ca="/no/such.pem"), "`ca` names '/no/such.pem', which is no file"),
            (lambda: Gateway(url, ca=key), "has no certificate in PEM"),
            (lambda: Gateway(url, ca=ca, cert=cert), "`cert` and `key` go together"),
            (lambda: Gateway(url, ca=ca, cert=cert, key=f"{self.stage.pki}/services/conformance.key"), "belong together"),
            (lambda: Gateway(url, ca=ca, cert=cert, key=key, token="x"), "not both"),
        ]
        for make, words in wrong:
            with self.assertRaisesRegex(ValueError, words):
                make()
        with self.assertRaisesRegex(ValueError, "a `text`, a `file` or both"):
            await self.gateway.submit()
        with self.assertRaisesRegex(ValueError, "one of `values`, `text` and `decline`"):
            await self.gateway.answer("4711", "q1")
