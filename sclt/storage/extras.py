"""The libraries that parts of sclt need beyond those of every installation, by the extras of setup.cfg."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sclt.errors import EnvironmentFault

if TYPE_CHECKING:
    from packaging.requirements import Requirement


def libraries(extra: str) -> Iterator[Requirement]:
    """Yield what an extra asks for beyond every installation, or, for "", what every installation asks for.

    Raises PackageNotFoundError where sclt runs without being installed.
    """
    from packaging.requirements import Requirement

    for requirement in map(Requirement, requires("sclt") or ()):
        marker = requirement.marker
        always = marker is None or marker.evaluate({"extra": ""})
        if always != bool(extra) and (marker is None or marker.evaluate({"extra": extra})):
            yield requirement


def how_to_install(*wanted: Requirement) -> str:
    """Return the command that brings libraries to where this sclt is, however that was installed."""
    names = [f"{each.name}{_extras(each)}{each.specifier}" for each in wanted]
    return f"Install it: {shlex.join([sys.executable, '-m', 'pip', 'install', *names])}"


def _extras(requirement: Requirement) -> str:
    return f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""


def need(extra: str, *names: str) -> None:
    """Raise EnvironmentFault for the first library of an extra that is not there; none of them is loaded."""
    for name in names:
        if find_spec(name) is None:
            raise missing(name, extra)


def missing(library: str, extra: str) -> EnvironmentFault:
    """Return what to raise where a library of an extra cannot be imported."""
    try:
        hint = how_to_install(*libraries(extra))
    except PackageNotFoundError:
        hint = f"Install sclt with its extra '{extra}'."
    return EnvironmentFault(f"the library {library} is missing.", hint=hint)
