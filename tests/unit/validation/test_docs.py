"""Profiles name only rules that exist, and every fact about an LMS has its reference."""

from pathlib import Path

import pytest

from sclt.model.finding import Severity
from sclt.validation.engine import all_rules
from sclt.validation.lms import profiles
from sclt.validation.lms.profile import ASK, REPORT, SETTING, TAKE, UPDATE
from sclt.validation.lms.profiles import PROFILES
from tests.places import REPOSITORY


def test_profiles_name_rules_that_exist() -> None:
    known = {*all_rules(), *(f"{name.partition('.')[0]}.*" for name in all_rules())}
    assert [(name, rule) for name, p in PROFILES.items() for rule in p.changes if rule not in known] == []
    assert {n for r in all_rules().values() for n in r.rule.profiles} <= set(PROFILES)


def test_every_fact_about_an_lms_has_its_reference() -> None:
    for profile in PROFILES.values():
        assert profile.title
        assert profile.says
        assert profile.reference
        for change in profile.changes.values():
            assert change.note.endswith(".")
            assert change.reference
        for limit in profile.limits:
            assert limit.kinds and set(limit.kinds) <= {"scorm12", "scorm2004", "cmi5", "tincan"}
            assert limit.severity in (Severity.ERROR, Severity.WARNING)
            assert limit.says.endswith(".") and limit.mend.endswith(".")
            assert limit.reference
        for fact in profile.facts:
            assert fact.about in (TAKE, SETTING, REPORT, UPDATE, ASK)
            assert fact.text.endswith(".")
            assert fact.reference


def test_a_profile_is_a_file() -> None:
    files = {path.stem.replace("_", "-") for path in Path(profiles.__file__).parent.glob("*.py")}
    assert set(PROFILES) == files - {"--init--", "profile", "profiles"}
    assert list(PROFILES.values()) == sorted(PROFILES.values(), key=lambda profile: profile.rank)


@pytest.mark.parametrize("guide", ["lms-admins.md", "lms-admins.lt.md"])
def test_the_guides_name_every_profile(guide: str) -> None:
    text = (REPOSITORY / "docs" / guide).read_text(encoding="utf-8")
    assert [name for name in PROFILES if f"`{name}`" not in text] == []
