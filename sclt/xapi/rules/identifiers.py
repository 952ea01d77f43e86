"""What identifies an Agent or Group: a mailbox or its sum, an OpenID, or an account."""

from __future__ import annotations

from typing import Any

from sclt.xapi.rules.demand import WARNING, At, Breach, Check, Found, demand, members, required
from sclt.xapi.rules.values import iri
from sclt.xapi.statements import grammar

_IDENTIFIER = "xAPI 1.0.3 Data 2.4.2.3"
_ACCOUNT = "xAPI 1.0.3 Data 2.4.2.4"
_REFUSED = "an LRS must refuse the statement"

MBOX_TYPE = demand(
    "mbox.type",
    "An mbox is a string",
    says="the mbox {value} is no string.",
    why=_REFUSED,
    mend='Write a string such as "mailto:ona@example.org".',
    clause=_IDENTIFIER,
)
MBOX_SCHEME = demand(
    "mbox.scheme",
    "An mbox begins with mailto:",
    says="the mbox {value} does not begin with mailto:.",
    why=_REFUSED,
    mend="Write mailto: before the address.",
    clause=_IDENTIFIER,
)
MBOX_ADDRESS = demand(
    "mbox.address",
    "An mbox holds one e-mail address behind mailto:",
    says="the mbox {value} holds no e-mail address.",
    why=_REFUSED,
    mend="Write mailto:name@host and nothing else.",
    clause=f"{_IDENTIFIER}; RFC 6068",
)
SHA1_TYPE = demand(
    "mbox-sha1sum.type",
    "An mbox_sha1sum is a string",
    says="the mbox_sha1sum {value} is no string.",
    why=_REFUSED,
    mend="Write the sum as a string of 40 hexadecimal digits.",
    clause=_IDENTIFIER,
)
SHA1_FORM = demand(
    "mbox-sha1sum.form",
    "An mbox_sha1sum is a SHA-1 sum in 40 hexadecimal digits",
    says="the mbox_sha1sum {value} is no SHA-1 sum.",
    why="it can be the sum of no address; an LRS must refuse it",
    mend="Take the SHA-1 sum of the whole mbox, mailto: included, in hexadecimal digits.",
    clause=_IDENTIFIER,
)
OPENID_TYPE = demand(
    "openid.type",
    "An openid is a string",
    says="the openid {value} is no string.",
    why=_REFUSED,
    mend='Write a string such as "https://ona.openid.example.org/".',
    clause=_IDENTIFIER,
)
OPENID_FORM = demand(
    "openid.form",
    "An openid is an absolute URI",
    says="the openid {value} is no absolute URI.",
    why=_REFUSED,
    mend="Write the address in full, with its scheme.",
    clause=_IDENTIFIER,
)
ACCOUNT_TYPE = demand(
    "account.type",
    "An account is an object",
    says="the account {value} is no object.",
    why=_REFUSED,
    mend='Write an object such as {"homePage": "https://lms.example.org", "name": "17"}.',
    clause=_ACCOUNT,
)
HOME_PAGE_MISSING = demand(
    "account.home-page",
    "An account has a homePage",
    says="the account has no homePage.",
    why="the same name means somebody else in another system; an LRS must refuse it",
    mend="Add the address of the system that the account is on.",
    clause=_ACCOUNT,
)
ACCOUNT_NAME_MISSING = demand(
    "account.name",
    "An account has a name",
    says="the account has no name.",
    why="it identifies nobody; an LRS must refuse it",
    mend="Add the name or number of the account.",
    clause=_ACCOUNT,
)
ACCOUNT_NAME_TYPE = demand(
    "account.name-type",
    "The name of an account is a string",
    says="the name {value} of an account is no string.",
    why="an LRS must refuse the statement, even where it is a number",
    mend="Write it in quotes.",
    clause=f"{_ACCOUNT}, 2.2 (2.2.s4.b1.b4)",
)
ACCOUNT_NAME_EMPTY = demand(
    "account.name-empty",
    "The name of an account is not empty",
    says="the name of the account is empty.",
    why="all learners without a name become one",
    mend="Write the name or number of the account.",
    clause=_ACCOUNT,
    severity=WARNING,
)


def _mbox(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, str):
        found.append(Breach(MBOX_TYPE, at, value))
    elif not grammar.is_mailbox(value):
        found.append(Breach(MBOX_ADDRESS if value.startswith("mailto:") else MBOX_SCHEME, at, value))


def _sha1(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, str):
        found.append(Breach(SHA1_TYPE, at, value))
    elif not grammar.is_sha1(value):
        found.append(Breach(SHA1_FORM, at, value))


def _openid(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, str):
        found.append(Breach(OPENID_TYPE, at, value))
    elif not grammar.is_iri(value):
        found.append(Breach(OPENID_FORM, at, value))


def _account_name(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, str):
        found.append(Breach(ACCOUNT_NAME_TYPE, at, value))
    elif not value:
        found.append(Breach(ACCOUNT_NAME_EMPTY, at, value))


_ACCOUNT_MEMBERS: dict[str, Check] = {"homePage": iri, "name": _account_name}
_ACCOUNT_REQUIRED = (("homePage", HOME_PAGE_MISSING), ("name", ACCOUNT_NAME_MISSING))


def account(value: Any, at: At, found: Found) -> None:
    """Ask an account (2.4.2.4)."""
    if not isinstance(value, dict):
        found.append(Breach(ACCOUNT_TYPE, at, value))
        return
    members(value, at, found, _ACCOUNT_MEMBERS)
    required(value, at, found, _ACCOUNT_REQUIRED)


IDENTIFIER_CHECKS: dict[str, Check] = {
    "mbox": _mbox,
    "mbox_sha1sum": _sha1,
    "openid": _openid,
    "account": account,
}
