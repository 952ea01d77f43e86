"""A client without any knowledge of xAPI beyond its headers."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

import urllib3

from sclt.lrs.access import Owner
from sclt.lrs.server import Running


class Client:
    def __init__(self, served: Running, owner: Owner) -> None:
        self.store, self.address = served
        self.pool = urllib3.PoolManager(retries=False)
        self.basic = {"Authorization": f"Basic {b64encode(f'{owner.key}:{owner.secret}'.encode()).decode()}"}

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
        bare: bool = False,
        /,
        **parameters: Any,
    ) -> urllib3.BaseHTTPResponse:
        """Send a request; ``bare`` adds no headers of our own. A body that is no bytes is sent as JSON."""
        ours = {} if bare else {"X-Experience-API-Version": "1.0.3", "Content-Type": "application/json", **self.basic}
        told = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
        url = f"{self.address.endpoint}{path}" + (f"?{urlencode(told)}" if told else "")
        content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        return self.pool.request(method, url, body=content, headers={**ours, **(headers or {})}, redirect=False)

    def post(self, *statements: dict[str, Any]) -> list[str]:
        answer = self.ask("POST", "statements", list(statements))
        assert answer.status == 200, answer.data
        ids: list[str] = answer.json()
        return ids

    def find(self, **parameters: Any) -> list[dict[str, Any]]:
        answer = self.ask("GET", "statements", **parameters)
        assert answer.status == 200, answer.data
        found: list[dict[str, Any]] = answer.json()["statements"]
        return found
