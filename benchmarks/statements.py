"""Judging xAPI statements, side by side with Ralph's model and with a JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

import sclt
from benchmarks.measure import CLOCK, Row, Timed, side_by_side
from sclt.storage import resources
from sclt.xapi.judging.validate import validate
from tests.unit.xapi.files import lines

PAGE = re.compile(r"/page-\d+")
COUNT = 20_000
MANY = 150_000


def statements(folder: Path) -> Iterator[Row]:
    """Judge 20,000 sound statements that are decoded already, in one process; and files of them."""
    from ralph.models.xapi.base.statements import BaseXapiStatement

    made = [json.loads(line) for line in lines(COUNT)]
    schema = Draft202012Validator(json.loads(resources.read("schemas", "statement.schema.json")))
    few = made[: COUNT // 10]  # jsonschema takes minutes for all
    assert all(map(schema.is_valid, few))
    ours, model, plain = side_by_side(
        Timed(lambda: ours_of(made)),
        Timed(lambda: [BaseXapiStatement.model_validate(statement) for statement in made]),
        Timed(lambda: [schema.is_valid(statement) for statement in few]),
        times=3,
    )
    yield Row("judge 20,000 statements : Ralph's model", ours, model, 1 / 4)
    yield Row("the same : jsonschema (measured with 2,000)", ours, plain * COUNT / len(few), 1 / 8)
    yield from texts(folder)
    yield from files(folder)


def ours_of(made: list[Any]) -> None:
    assert not any(map(validate, made))


def texts(folder: Path) -> Iterator[Row]:
    """Judge a file in this process against reading its lines as JSON: activities of their own, and ones that recur."""
    unlike = lines(COUNT)
    alike = [PAGE.sub("/page-7", line) for line in unlike]
    for what, made in (("each of an activity of its own", unlike), ("of activities that recur", alike)):
        path = folder / "few.jsonl"
        path.write_text("\n".join(made), encoding="utf-8")
        ours, plain = side_by_side(Timed(partial(judge, path, 1, COUNT)), Timed(partial(read, made)), times=5)
        yield Row(f"a file of 20,000 statements, {what} : json.loads of its lines", ours, plain)


def read(made: list[str]) -> None:
    for line in made:
        json.loads(line)


def files(folder: Path) -> Iterator[Row]:
    """Judge a file in one process and in two."""
    path = folder / "statements.jsonl"
    path.write_text("\n".join(lines(MANY)), encoding="utf-8")
    if CLOCK.__name__ != "perf_counter":
        return  # processor time of other processes is not counted
    two, one = side_by_side(Timed(lambda: judge(path, 2)), Timed(lambda: judge(path, 1)), times=3)
    yield Row("a file of 150,000, two processes : one", two, one, 1 / 1.8)


def judge(path: Path, jobs: int, count: int = MANY) -> None:
    judged = sclt.validate_statements(path, jobs=jobs).value
    assert judged.statements == count
    assert judged.findings == ()
