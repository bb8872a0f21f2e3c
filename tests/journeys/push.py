"""A push on its way: a browser that subscribes at the trial's push service, and a worker that is handed what arrived there."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
from playwright.async_api import CDPSession

from tests.support.people import Person, until

Message = dict[str, Any]

SUBSCRIBE_THERE = """
const there = (given) => given && { ...given, toJSON: () => given, unsubscribe: async () => true };
PushManager.prototype.getSubscription = async () => there(await pushService(""));
PushManager.prototype.subscribe = async ({ applicationServerKey }) => there(await pushService(applicationServerKey));
"""
"""The browser's own push service needs the open net; `pushService` is this process. An empty key only asks."""

TELL = """async (claims) => {
    const { key } = await (await fetch("/api/push/key")).json();
    const { endpoint, keys } = (await PushManager.prototype.subscribe({ applicationServerKey: key })).toJSON();
    const headers = { "Content-Type": "application/json" };
    return (await fetch("/api/push", { method: "POST", headers, body: JSON.stringify({ endpoint, keys, claims }) })).status;
}"""

SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
    .map(({ title, body, tag, data }) => ({ title, body, tag, url: data.url }))"""

TAP = """async (tag) => {
    const [notification] = await self.registration.getNotifications({ tag });
    return new Promise((opened) => {
        self.clients.matchAll = async () => [];
        self.clients.openWindow = async (url) => opened(url);
        self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
    });
}"""
"""Headless Chromium draws no notification to tap on; where the worker would lead is what is asked."""


@dataclass
class Subscriber:
    """One browser's address at the push service."""

    person: Person
    service: str
    given: dict[str, Any] = field(default_factory=dict)

    async def prepare(self) -> None:
        """Before the page is opened."""
        await self.person.context.expose_function("pushService", self._subscription)
        await self.person.context.add_init_script(SUBSCRIBE_THERE)

    async def tell_house(self, claims: list[str]) -> int:
        """As the opt-in does, for these keys; the answer's status."""
        return int(await self.person.page.evaluate(TELL, claims))

    async def arrived(self) -> list[Message]:
        """What the push service has checked and decrypted so far."""
        if not self.given:
            return []
        async with httpx.AsyncClient(base_url=self.service) as client:
            answer = await client.post("/get-notifications", json={"clientHash": self.given["clientHash"]})
        return [json.loads(message) for message in answer.json()["data"]["messages"]]

    async def arrives(self, about: str) -> Message:
        """The first message whose words hold `about`."""

        async def ask() -> Message | None:
            return next((message for message in await self.arrived() if about in message["body"]), None)

        message = await until(ask)
        assert message is not None
        return message

    async def show(self, message: Message) -> Message:
        """Hand it to the service worker as the browser does; what the person then sees."""
        cdp = await self.person.context.new_cdp_session(self.person.page)
        registration = await _registration(cdp, self.person)
        await cdp.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self.person.house.address, "registrationId": registration, "data": json.dumps(message)},
        )

        async def ask() -> Message | None:
            return next((shown for shown in await self.person.page.evaluate(SHOWN) if shown["tag"] == message["tag"]), None)

        shown = await until(ask)
        assert shown is not None
        await cdp.detach()
        return shown

    async def tap(self, tag: str) -> str:
        """Where the worker leads."""
        [worker] = self.person.context.service_workers
        return str(await worker.evaluate(TAP, tag))

    async def _subscription(self, key: str) -> dict[str, Any] | None:
        if key and not self.given:
            wish = {"userVisibleOnly": "true", "applicationServerKey": key}
            async with httpx.AsyncClient(base_url=self.service) as client:
                self.given = (await client.post("/subscribe", json=wish)).json()["data"]
        return self.given or None


async def _registration(cdp: CDPSession, person: Person) -> str:
    known: list[dict[str, Any]] = []
    cdp.on("ServiceWorker.workerRegistrationUpdated", lambda event: known.extend(event["registrations"]))
    await cdp.send("ServiceWorker.enable")

    async def ask() -> str | None:
        return next((one["registrationId"] for one in known if one["scopeURL"].startswith(person.house.address)), None)

    registration = await until(ask)
    assert registration is not None
    return registration
