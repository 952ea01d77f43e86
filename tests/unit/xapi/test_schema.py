"""schemas/statement.schema.json says of statements what a schema can: all that it refuses, the judge refuses too."""

import json

from jsonschema import Draft202012Validator

from sclt.model.finding import Severity
from sclt.storage import resources
from sclt.xapi.judging.validate import validate
from tests.unit.xapi.cases import BASES
from tests.unit.xapi.mutants import mutants

SCHEMA = json.loads(resources.read("schemas", "statement.schema.json"))
BEYOND = ("pattern.", "score.", "component.id-twice", "authority.", "context.", "attachment.signature", "mbox.address")
"""Rules that a schema leaves to the judge."""
IN_PART = ("time.", "iri.form", "version.one", "uuid.form", "duration.form")
"""Rules that its regular expressions know in part: of days, and of a line feed at the end, they know nothing."""


def test_it_is_a_schema_and_takes_sound_statements() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    judge = Draft202012Validator(SCHEMA)
    assert [base for base, statement in BASES.items() if base != "two" and not judge.is_valid(statement)] == []


def test_it_refuses_what_the_judge_refuses() -> None:
    judge = Draft202012Validator(SCHEMA)
    for mutant in [*mutants()][::29]:
        errors = {f.rule.id for f in validate(mutant.statement, "1.0.3") if f.rule.severity is Severity.ERROR}
        taken = judge.is_valid(mutant.statement)
        assert not taken or all(rule.startswith(BEYOND + IN_PART) for rule in errors), (mutant[:2], errors)
        assert taken or errors, mutant[:2]
