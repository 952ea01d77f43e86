"""Our schemas accept and refuse what the official ones do.

Nobody here says which manifests are valid: the official schemas do, in two processors. Only for LOM, whose
official schemas no package carries, do the cases state the verdict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import in_turn
from tests.judges.schemas.manifest_cases import (
    DATA,
    Case,
    Node,
    all_cases,
    base_cases,
    base_tree,
    bases,
    sweep_cases,
    written,
)
from tests.judges.schemas.schema_sets import SchemaSet, folders
from tests.judges.schemas.xsd_judges import Judge, Problems, judge_all
from tests.places import table

pytestmark = pytest.mark.slow

CASES = all_cases()
JUDGED = [*base_cases(), *(case for case in CASES if not case.verdict)]
STATED = [case for case in CASES if case.verdict]
STANDARDS = sorted(folders())
DIFFERENCES = table(DATA / "known-differences.yaml")

Sets = Mapping[str, SchemaSet]
By = Mapping[str, Judge]
Found = Mapping[tuple[str, str], Problems]
Files = Mapping[str, Path]


def differs(case: Case, who: str) -> bool:
    return any(who in entry["of"] and case.id in entry["cases"] for entry in DIFFERENCES)


def ids(cases: list[Case]) -> list[str]:
    return [case.id for case in cases]


@pytest.mark.parametrize("case", in_turn(JUDGED, 4), ids=ids(JUDGED))
def test_ours_in_libxml2_against_the_official_in_xmlschema(
    case: Case, libxml2: By, xmlschema_official: By, manifests: Files
) -> None:
    theirs = xmlschema_official[case.standard](manifests[case.id])
    mine = libxml2[case.standard](manifests[case.id])
    swapped = differs(case, "libxml2 ours") != differs(case, "xmlschema official")
    assert (bool(mine) == bool(theirs)) != swapped, f"{case.says}\nours: {mine}\nofficial: {theirs}"


@pytest.mark.parametrize("standard", STANDARDS)
def test_ours_in_libxml2_against_the_official_in_xerces(
    standard: str, libxml2: By, xerces_problems: Found, manifests: Files
) -> None:
    """Quick, so of all cases; and by another processor than the schemas' own."""
    apart = [
        case.id
        for case in JUDGED
        if case.standard == standard
        and bool(libxml2[standard](manifests[case.id])) != bool(xerces_problems["official", case.id])
    ]
    assert apart == [case.id for case in JUDGED if case.standard == standard and differs(case, "libxml2 ours")]


@pytest.mark.parametrize("standard", STANDARDS)
def test_ours_against_the_official_in_xerces(standard: str, xerces_problems: Found) -> None:
    apart = [
        case.id
        for case in JUDGED
        if case.standard == standard
        and bool(xerces_problems["ours", case.id]) != bool(xerces_problems["official", case.id])
    ]
    assert apart == [case.id for case in JUDGED if case.standard == standard and differs(case, "xerces ours")]


@pytest.mark.full
@pytest.mark.parametrize("standard", STANDARDS)
def test_the_two_judges_of_the_official_schemas_agree(
    standard: str, xerces_problems: Found, xmlschema_official: By, manifests: Files
) -> None:
    cases = [case for case in JUDGED if case.standard == standard]
    apart = [
        case.id
        for case in cases
        if bool(xerces_problems["official", case.id]) != bool(xmlschema_official[standard](manifests[case.id]))
    ]
    assert apart == [case.id for case in cases if differs(case, "xmlschema official")]


@pytest.mark.full
def test_ours_against_the_official_at_every_place(
    ours: Sets, official: Sets, libxml2: By, tmp_path: Path, java: None
) -> None:
    cases = list(sweep_cases())
    manifests = written(cases, tmp_path)
    found = judge_all({"ours": ours, "official": official}, cases, manifests)
    in_xerces = [case.id for case in cases if bool(found["ours", case.id]) != bool(found["official", case.id])]
    in_libxml2 = [
        case.id
        for case in cases
        if not only_dangling(found["official", case.id])
        and bool(libxml2[case.standard](manifests[case.id])) != bool(found["official", case.id])
    ]
    assert in_xerces == [case.id for case in cases if differs(case, "xerces ours")]
    assert in_libxml2 == [case.id for case in cases if differs(case, "libxml2 ours")]


def only_dangling(problems: Problems) -> bool:
    """An xs:IDREF without target is all that is wrong, which libxml2 does not look for."""
    return bool(problems) and all("cvc-id.1" in problem for problem in problems)


@pytest.mark.parametrize("case", STATED, ids=ids(STATED))
def test_lom_as_the_case_states(case: Case, libxml2: By, manifests: Files) -> None:
    found = libxml2[case.standard](manifests[case.id])
    assert ("invalid" if found else "valid") == case.verdict, f"{case.says}: {found}"


def test_lom_in_xerces(xerces_problems: Found) -> None:
    apart = [case.id for case in STATED if ("invalid" if xerces_problems["ours", case.id] else "valid") != case.verdict]
    assert apart == []


@pytest.mark.parametrize("case", base_cases(), ids=ids(base_cases()))
def test_base_manifests_are_valid(case: Case, xmlschema_official: By, manifests: Files) -> None:
    assert xmlschema_official[case.standard](manifests[case.id]) == []


def test_the_corpus_holds_enough_of_both_kinds(xerces_problems: Found) -> None:
    counts = Counter((case.standard, not xerces_problems["official", case.id]) for case in JUDGED)
    for standard in STANDARDS:
        assert counts[standard, True] >= 25, "valid"
        assert counts[standard, False] >= 50, "invalid"


def test_each_case_has_its_own_name_and_changes_its_base() -> None:
    assert len({case.id for case in CASES}) == len(CASES)
    canonical = {base: canonicalize(base_tree(base)) for base in bases()}
    # A list of every word of a vocabulary holds the word of the base too
    same = [
        case.id
        for case in CASES
        if not case.word and canonicalize(etree.fromstring(case.manifest())) == canonical[case.base]
    ]
    assert same == []


def canonicalize(tree: Node) -> bytes:
    return bytes(etree.tostring(tree, method="c14n"))


def test_known_differences_name_cases() -> None:
    named = {case for entry in DIFFERENCES for case in entry["cases"]}
    assert named <= {case.id for case in [*JUDGED, *sweep_cases()]}
