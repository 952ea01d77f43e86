"""Speaks HTTP with an LRS: versions, credentials, time limits, and patience with a network that is not always there."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlencode

import msgspec
import urllib3
from urllib3.util import Retry, Timeout, parse_url

from sclt.errors import EnvironmentFault, UsageError
from sclt.xapi.sending.credentials import Credentials
from sclt.xapi.statements.identity import Json

VERSIONS = {"1.0.3": "1.0.3", "2.0": "2.0.0"}
_LONGEST = 400


class _Patience(Retry):
    """As urllib3's, which sends again what came back with Retry-After: a 413 is answered by a smaller batch instead."""

    RETRY_AFTER_STATUS_CODES = frozenset()


class Answer(NamedTuple):
    """A status and what the LRS said with it, shortened."""

    status: int
    text: str


class Lrs:
    """A client of one LRS.

    ``retries`` is how often a request is sent again after a fault of the network or a status 429, 500, 502, 503 or 504:
    with exponential back-off and jitter, or when Retry-After says. ``timeout`` are the seconds that connecting, and
    each read, may take. Raises UsageError for an address that is no https URL; http is for loopback, or ``insecure``.
    """

    AGAIN = "What was not sent waits in the outbox; run the command again."

    def __init__(
        self,
        endpoint: str,
        credentials: Credentials,
        version: str = "1.0.3",
        timeout: float = 30,
        retries: int = 8,
        insecure: bool = False,
    ) -> None:
        self.endpoint, self.version = checked(endpoint, insecure), version
        self._headers = {
            "Authorization": credentials.header,
            "Content-Type": "application/json",
            "X-Experience-API-Version": VERSIONS[version],
        }
        patience = _Patience(
            total=retries,
            redirect=False,
            allowed_methods=None,
            status_forcelist=[429, 500, 502, 503, 504],
            backoff_factor=0.5,
            backoff_jitter=0.5,
            backoff_max=60,
            raise_on_status=False,
            retry_after_max=600,
        )
        self._pool = urllib3.PoolManager(1, self._headers, retries=patience, timeout=Timeout(timeout))

    def post(self, body: bytes) -> Answer:
        """Send a JSON array of statements; raises EnvironmentFault where the LRS cannot be reached."""
        response = self._ask("POST", f"{self.endpoint}statements", body)
        return Answer(response.status, response.data.decode("utf-8", "replace")[:_LONGEST].strip())

    def ask(
        self, method: str, resource: str, parameters: Mapping[str, str], body: bytes | None = None, **headers: str
    ) -> urllib3.BaseHTTPResponse:
        """Send a request to a resource, such as activities/state; raises as `post` does.

        Names of ``headers`` have underscores in the place of hyphens; they replace those that all requests have.
        """
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        query = f"?{urlencode(parameters)}" if parameters else ""
        return self._ask(method, f"{self.endpoint}{resource}{query}", body, own)

    def statement(self, identifier: str, voided: bool = False) -> Json | None:
        """Return the statement of an id, or the voided one, as the LRS has it; raises as `post` does."""
        response = self.ask("GET", "statements", {"voidedStatementId" if voided else "statementId": identifier})
        try:
            found = msgspec.json.decode(response.data) if response.status == 200 else None
        except (ValueError, RecursionError):
            return None
        if isinstance(found, dict) and isinstance(found.get("statements"), list):
            found = found["statements"][0] if found["statements"] else None  # some give a list of one
        return found if isinstance(found, dict) else None

    def _ask(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> urllib3.BaseHTTPResponse:
        try:
            return self._pool.request(method, url, body=body, headers={**self._headers, **(headers or {})})
        except urllib3.exceptions.HTTPError as error:
            raise EnvironmentFault(f"cannot be reached: {_cause(error)}.", self.endpoint, self.AGAIN) from error


def checked(endpoint: str, insecure: bool) -> str:
    """Return the address of an LRS with a slash at its end; raises UsageError as `Lrs` does."""
    try:
        url = parse_url(endpoint)
    except urllib3.exceptions.LocationParseError:
        url = parse_url("")
    if url.scheme not in ("http", "https") or not url.host:
        raise UsageError("this is no address of an LRS.", endpoint, "Write one such as https://lrs.example.org/xapi/.")
    if url.auth:
        hint = "Set SCLT_LRS_KEY and SCLT_LRS_SECRET."
        raise UsageError("the address of an LRS holds no key and secret.", url.host, hint)
    if url.scheme == "http" and not insecure and not _is_loopback(url.host):
        raise UsageError("http would show the secret to others.", endpoint, "Use https, or say --insecure.")
    return f"{endpoint.rstrip('/')}/"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _cause(error: Exception) -> str:
    """Return the innermost reason in few words: urllib3 wraps it."""
    reason: object = getattr(error, "reason", None) or error
    text = str(reason).rpartition("object at 0x")[2].partition(">: ")[2] or str(reason)
    return text.rstrip(".")
