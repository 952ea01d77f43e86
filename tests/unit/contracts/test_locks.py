"""The locks hold what setup.cfg asks for, from the lowest versions to those that `make test` installs."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.places import REPOSITORY

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", re.MULTILINE)
EVERY = (
    *("", "browser", "exchange", "keyring", "lrs", "mcp", "pictures", "preview", "records", "spark", "translate"),
    "test",
)
LOCKS = {
    "packages": ("", "exchange"),
    "preview": ("", "preview"),
    "test": EVERY,
    "oldest": EVERY,
}
"""Extras by lock; that without a name is what every installation needs."""


def asked(*extras: str) -> Iterator[Requirement]:
    """Yield what setup.cfg asks for under these extras, other than sclt itself."""
    config = configparser.ConfigParser()
    config.read(REPOSITORY / "setup.cfg", encoding="utf-8")
    for extra in extras:
        lines = config["options.extras_require"][extra] if extra else config["options"]["install_requires"]
        for line in filter(None, lines.splitlines()):
            if (requirement := Requirement(line)).name != "sclt":
                yield requirement


def pinned(lock: str) -> dict[str, Version]:
    text = (REPOSITORY / f"requirements/{lock}.txt").read_text(encoding="utf-8")
    return {canonicalize_name(name): Version(version) for name, version in PIN.findall(text)}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_is_asked_for(lock: str) -> None:
    pins = pinned(lock)
    apart = [
        str(each) for each in asked(*LOCKS[lock]) if pins.get(canonicalize_name(each.name), "") not in each.specifier
    ]
    assert apart == []


def test_the_oldest_lock_has_the_lowest_versions() -> None:
    """What `make test-oldest` runs with are the bounds themselves, or setup.cfg promises what nobody has tried."""
    pins = pinned("oldest")
    lowest: dict[str, Version] = {}
    for each in asked(*LOCKS["oldest"]):
        name = canonicalize_name(each.name)
        bounds = [Version(part.version) for part in each.specifier if part.operator in (">=", "==")]
        assert bounds, f"{each} has no lower bound"
        lowest[name] = max([*bounds, *([lowest[name]] if name in lowest else [])])
    assert {name: (pins[name], bound) for name, bound in lowest.items() if pins[name] != bound} == {}


@pytest.mark.parametrize("lock", sorted(path.name for path in (REPOSITORY / "requirements").rglob("*.txt")))
def test_a_lock_names_no_place_and_has_hashes(lock: str) -> None:
    text = next((REPOSITORY / "requirements").rglob(lock)).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", text)
    pins = PIN.findall(text)
    assert pins and all(
        re.search(rf"^{re.escape(name)}\S*==.*\s+--hash=sha256:", text, re.MULTILINE) for name, _ in pins
    )
