"""What a script loads is seen where a word stands by itself, and not inside another word."""

from __future__ import annotations

import pytest

from sclt.validation.read.speech import loads_more

LOADS = (
    b"import('./x.js')",
    b"reimport(a); import (b)",
    b"importScripts('a.js')",
    b"System.import(a)",
    b"location = next",
    b"location.href = next",
    b"window.location.replace(next)",
    b"fetch (next)",
    b"require(['a'])",
    b"requirejs(['a'])",
    b"eval(text)",
)
LOADS_NOTHING = (
    b"reimport('./x.js')",
    b"import x from './y.js'",
    b"allocation = 2",
    b"location == next",
    b"prefetch(next)",
    b"unrequire(['a'])",
    b"medieval(text)",
)


@pytest.mark.parametrize("script", LOADS)
def test_a_script_that_loads(script: bytes) -> None:
    assert loads_more(script)


@pytest.mark.parametrize("script", LOADS_NOTHING)
def test_a_script_that_loads_nothing(script: bytes) -> None:
    assert not loads_more(script)
