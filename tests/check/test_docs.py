"""docs/rules.md is what the rules say, and profiles name only rules that exist."""

from sclt.check.docs import TARGET, rules_as_markdown
from sclt.check.engine import all_rules
from sclt.check.profiles import PROFILES


def test_the_documentation_of_rules_is_in_step() -> None:
    assert TARGET.read_text(encoding="utf-8") == rules_as_markdown(), "run: python -m sclt.check.docs"


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
