"""What is wrong with a text is told in our words, whatever the library calls it."""

from __future__ import annotations

import pytest

from sclt.xapi.rules.demand import Found
from sclt.xapi.rules.text import decoded

FAULTS = {
    b'{"actor\xf2":1}': ("json.utf8", "byte 8 (0xf2)"),
    b'{"\xc4":1}': ("json.utf8", "byte 3 (0xc4)"),
    b'{"a": [1': ("json.syntax", "it ends before it is complete"),
    b'{"a": 1 "b": 2}': ("json.syntax", "it cannot be read on from character 9"),
    b'{"a": 1,}': ("json.syntax", "a comma with nothing behind it is character 8"),
    b'{"a": [1,\n ]}': ("json.syntax", "a comma with nothing behind it is character 9"),
    b'{"a": 1,,"b": 2}': ("json.syntax", "it cannot be read on from character 9"),
    b"[NaN]": ("json.syntax", "NaN is no number in JSON"),
    b"[1e999]": ("json.syntax", "it has a number that is too large"),
    b'["\\ud800"]': ("json.syntax", "it has half a surrogate pair, or a number that is too large"),
}


@pytest.mark.parametrize("raw", FAULTS)
def test_the_fault_and_its_place_are_told(raw: bytes) -> None:
    found = Found()
    decoded(raw, found)
    assert [(breach.demand.rule.id, breach.value) for breach in found] == [FAULTS[raw]]
