"""Our XSDs of cmi5.xml and tincan.xml judge as the specifications say, in two processors.

No package of npm or PyPI carries the official ones, so verdicts are written down with where they are from.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import xmlschema
from lxml import etree

from tests.judges.schemas.manifest_cases import DATA
from tests.judges.schemas.schema_sets import XSD
from tests.places import table

SCHEMAS = {"cmi5": XSD / "cmi5" / "CourseStructure.xsd", "tincan": XSD / "tincan" / "tincan.xsd"}
TABLE: dict[str, list[dict[str, Any]]] = table(DATA / "structures.yaml")
CASES = [pytest.param(kind, case, id=f"{kind}/{case['id']}") for kind, cases in TABLE.items() for case in cases]

Judge = Callable[[str], bool]


@cache
def judges(kind: str) -> tuple[Judge, Judge]:
    schema, other = etree.XMLSchema(etree.parse(SCHEMAS[kind])), xmlschema.XMLSchema10(SCHEMAS[kind], allow="local")
    return (
        lambda text: schema.validate(etree.fromstring(text.encode())),
        lambda text: other.is_valid(ElementTree.fromstring(text.encode())),
    )


def base(kind: str) -> str:
    return Path(DATA / f"{kind}.xml").read_text("utf-8")


def changed(kind: str, case: dict[str, Any]) -> str:
    text = base(kind)
    for old, new in case["change"]:
        assert old in text, f"{old!r} is not in the base"
        text = text.replace(old, new, 1)
    return text


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_base_is_valid(kind: str) -> None:
    assert [judge(base(kind)) for judge in judges(kind)] == [True, True]


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_verdict(kind: str, case: dict[str, Any]) -> None:
    wanted = case["verdict"] == "valid"
    assert [judge(changed(kind, case)) for judge in judges(kind)] == [wanted, wanted], case["clause"]
