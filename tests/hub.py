"""A WebSub hub for tests."""

from __future__ import annotations

import asyncio
import hmac
from urllib.parse import parse_qs

import httpx
from web import Answered, Asked

from dateline_kernel.testing import PATIENCE


class Hub:
    """A hub as WebSub has it: takes a subscription, verifies it at the callback, delivers with signatures."""

    def __init__(self, lease: int = 86_400) -> None:
        self.lease = lease
        self.subscribers: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []
        self.refuses = False
        self.silent = False
        self.denies = ""
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, asked: Asked) -> Answered:
        """POST with a form."""
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        self.asked.append(form)
        if self.refuses:
            return Answered(400, f"not with {form['hub.secret']}".encode())
        if not self.silent:
            task = asyncio.create_task(self._verify(form))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return Answered(202)

    async def _verify(self, form: dict[str, str]) -> None:
        query = {"hub.mode": "subscribe", "hub.topic": form["hub.topic"], "hub.challenge": "c-123"}
        query["hub.lease_seconds"] = str(self.lease)
        if self.denies:
            query = {"hub.mode": "denied", "hub.topic": form["hub.topic"], "hub.reason": self.denies}
        async with httpx.AsyncClient(timeout=PATIENCE) as http:
            answer = await http.get(form["hub.callback"], params=query)
        if answer.status_code == 200 and answer.text == "c-123":
            self.subscribers[form["hub.callback"]] = form

    async def publish(self, body: bytes, method: str = "sha256", key: str = "") -> list[int]:
        """Deliver to all; the statuses that come back."""
        statuses = []
        async with httpx.AsyncClient(timeout=PATIENCE) as http:
            for callback, form in self.subscribers.items():
                signature = hmac.new((key or form["hub.secret"]).encode(), body, method).hexdigest()
                headers = {"x-hub-signature": f"{method}={signature}", "content-type": "application/rss+xml"}
                statuses.append((await http.post(callback, content=body, headers=headers)).status_code)
        return statuses
