"""Where the key and secret of an LRS come from: environment, a file of one's own, keyring. Never an argument."""

from __future__ import annotations

import os
import stat
from base64 import b64encode
from pathlib import Path
from typing import NamedTuple

import msgspec

from sclt.errors import UsageError

SERVICE = "sclt"
"""The name of our entries in the keyring; the user of an entry is the address of the LRS."""


class Credentials(NamedTuple):
    """A key and a secret for HTTP Basic, or a token for Bearer. Printing them shows neither."""

    key: str = ""
    secret: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return "Credentials(…)"

    @property
    def header(self) -> str:
        """Return the value of the header Authorization."""
        if self.token:
            return f"Bearer {self.token}"
        return "Basic " + b64encode(f"{self.key}:{self.secret}".encode()).decode()


def find(lrs: str, file: Path | None = None, side: str = "") -> Credentials:
    """Return the credentials for an LRS: from ``file``, else from the environment, else from the keyring.

    ``side`` is FROM or TO where there are two: the variables of that name, such as SCLT_LRS_FROM_KEY, come first.
    Raises UsageError where there are none, and for a file that others may read.
    """
    found = from_file(file) if file else from_environment(side) or _from_keyring(lrs)
    if found is None:
        raise UsageError(
            "there are no credentials for the LRS.",
            hint="Set SCLT_LRS_KEY and SCLT_LRS_SECRET (or SCLT_LRS_TOKEN), or name a file with --credentials, "
            f"or keep key:secret in the keyring: keyring set {SERVICE} {lrs}",
        )
    return found


def from_environment(side: str = "") -> Credentials | None:
    """Return what SCLT_LRS_KEY and SCLT_LRS_SECRET, or SCLT_LRS_TOKEN, hold, with ``side`` those of one of two LRSs."""
    start = f"SCLT_LRS_{side}_" if side else "SCLT_LRS_"
    key, secret, token = (os.environ.get(f"{start}{name}", "") for name in ("KEY", "SECRET", "TOKEN"))
    if not key and not secret and not token:
        return from_environment() if side else None
    if bool(key) != bool(secret):
        raise UsageError(f"{start}KEY and {start}SECRET belong together; one of them is not set.")
    return Credentials(key, secret, "" if key else token)


def from_file(file: Path) -> Credentials:
    """Return what a file holds: JSON with key and secret, or with token. Others must not be able to read it."""
    try:
        mode, content = file.stat().st_mode, file.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}.", str(file)) from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError("others may read these credentials.", str(file), f"Run: chmod 600 {file}")
    try:
        told = msgspec.json.decode(content, type=dict[str, str])
        return Credentials(**told) if "token" in told else Credentials(told["key"], told["secret"])
    except (ValueError, KeyError, TypeError):
        # the cause could quote the secret
        raise UsageError("holds no credentials.", str(file), 'Write {"key": "…", "secret": "…"}.') from None


def write(file: Path, credentials: Credentials) -> None:
    """Write credentials into a new file that only its owner may read."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(msgspec.json.encode({"key": credentials.key, "secret": credentials.secret}))


def _from_keyring(lrs: str) -> Credentials | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        kept = keyring.get_password(SERVICE, lrs)
    except KeyringError:
        return None
    key, _, secret = (kept or "").partition(":")
    return Credentials(key, secret) if secret else None
