"""docs/statement-rules.md is what the rules say."""

from sclt.xapi.judging.docs import TARGET, rules_as_markdown


def test_the_documentation_of_rules_is_in_step() -> None:
    assert TARGET.read_text(encoding="utf-8") == rules_as_markdown(), "run: python -m sclt.xapi.judging.docs"
