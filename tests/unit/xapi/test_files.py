"""Files of statements: every form is read, places are right, pieces and processes make no difference."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from sclt.errors import UsageError
from sclt.xapi.judging import judge as judge_module
from sclt.xapi.judging import repeated, stream
from sclt.xapi.judging.judge import judge
from tests.unit.xapi.cases import BASES
from tests.unit.xapi.files import lines

pytestmark = pytest.mark.slow

ONE, TWO, THREE = lines(3)
BAD = ONE.replace('"Ona"', "5")
LAID_OUT = json.dumps(json.loads(ONE), indent=2)
NINTH = BAD.replace(str(UUID(int=0, version=4)), str(UUID(int=9, version=4)))
OTHER = ONE.replace("learner-0", "learner-1")
LATER = ONE.replace("10:11:12.345+02:00", "10:11:13.345+02:00")
BACK = (
    ONE.replace("10:11:12.345+02:00", "08:11:12.345Z").replace("mailto:lms@", "mailto:lrs@").replace("2999-", "2998-")
)
SAME = json.dumps(dict(reversed(json.loads(ONE).items())))

FILES: dict[str, tuple[str, int, list[tuple[int, str, str]]]] = {
    "lines": (f"{ONE}\n{TWO}\n{THREE}\n", 3, []),
    "lines without an end": (f"{ONE}\n\n \n{TWO}", 2, []),
    "lines of Windows": (f"{ONE}\r\n{NINTH}\r\n", 2, [(2, "/actor/name", "actor.name")]),
    "a line that is broken": (f"{ONE}\n{TWO[:-3]}\n{THREE}\n", 2, [(2, "", "json.syntax")]),
    "one line": (ONE, 1, []),
    "one line that is broken": (ONE[:-1], 0, [(1, "", "json.syntax")]),
    "an object laid out": (LAID_OUT, 1, []),
    "an object laid out that is broken": (LAID_OUT[:-1], 0, [(1, "", "json.syntax")]),
    "objects laid out": (f"{LAID_OUT}\n{TWO}\n", 2, []),
    "array": (f"[{ONE},\n{BAD[:-1]}}}]", 2, [(2, "/1/actor/name", "actor.name"), (2, "/1/id", "file.id-repeated")]),
    "array laid out": (f"\n[\n  {ONE}\n,\n\n  {TWO[:-1]}, \"odd\": 1}}\n]\n", 2, [(6, "/1/odd", "member.unknown")]),
    "empty array": ("[]", 0, []),
    "empty file": ("", 0, []),
    "spaces alone": (" \n\n", 0, []),
    "array that does not end": (f"[{ONE},{TWO}", 2, [(1, "", "json.syntax")]),
    "array cut off in a statement": (f"[{ONE},\n{TWO[:-5]}", 1, [(2, "/1", "json.syntax")]),
    "array with a comma too much": (f"[{ONE},]", 1, [(1, "", "json.syntax")]),
    "array without a comma": (f"[{ONE} {TWO}]", 2, [(1, "", "json.syntax")]),
    "array with a broken statement": (f"[{ONE},\n{{odd}},\n{TWO}]", 2, [(2, "/1", "json.syntax")]),
    "array of other things": (
        '[1,\n"a[",\n[],null]',
        4,
        [(line, f"/{index}", "statement.type") for index, line in enumerate((1, 2, 3, 3))],
    ),
    "array with something behind": (f"[{ONE}]\nx", 1, [(2, "", "json.syntax")]),
    "a batch a line": (f"[{ONE},{TWO}]\n[{THREE}]\n", 3, []),
    "an LRS's answer": (
        f'{{"statements": [{ONE},\n{NINTH}], "more": ""}}',
        2,
        [(2, "/statements/1/actor/name", "actor.name")],
    ),
    "an LRS's answer, the other way round": (f'{{"more": "", "statements": [{ONE}]}}', 1, []),
    "an LRS's answer without statements": ('{"statements": []}', 0, []),
    "an LRS's answer that is cut off": (f'{{"statements": [{ONE}], "more', 1, [(1, "", "json.syntax")]),
    "brackets in texts": (f'[{ONE},{TWO.replace("Kursas", "]}}[{{")}]'.replace("odd", "even"), 2, []),
    "byte order mark": (f"\ufeff{ONE}\n", 1, [(1, "", "json.mark")]),
    "twice the same": (f"{ONE}\n{SAME}\n", 2, [(2, "/id", "file.id-repeated")]),
    "the same as an LRS gives it back": (f"{ONE}\n{BACK}\n", 2, [(2, "/id", "file.id-repeated")]),
    "the same id at another time": (f"{ONE}\n{LATER}\n", 2, [(2, "/id", "file.id-conflict")]),
    "the same id for another": (f"{ONE}\n{TWO}\n{OTHER}\n", 3, [(3, "/id", "file.id-conflict")]),
    "no JSON": ("hello\n", 0, [(1, "", "json.syntax")]),
}  # fmt: skip


def found(path: Path, jobs: int = 1) -> tuple[int, list[tuple[int, str, str]]]:
    judged = judge(path, jobs=jobs)
    return judged.statements, [(f.place.line, f.place.pointer, f.rule.id) for f in judged.findings]


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("name", FILES)
def test_every_form_is_read(name: str, tmp_path: Path) -> None:
    text, count, expected = FILES[name]
    assert found(written(tmp_path / "file", text)) == (count, expected)


@pytest.mark.parametrize("name", FILES)
def test_pieces_make_no_difference(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "file", FILES[name][0])
    for block in (1, 7, 100, 1000):
        monkeypatch.setattr(stream, "BLOCK", block)
        _count, told = found(path)
        if name not in ("array without a comma", "array with a comma too much"):  # the piece tells its own place
            assert told == FILES[name][2]


def test_gzip_and_processes_make_no_difference(tmp_path: Path) -> None:
    text = "\n".join([*lines(3000), "{}", BAD])
    plain = judge(written(tmp_path / "a.jsonl", text))
    assert (plain.statements, plain.counted["error"]) == (3002, 4)  # type: ignore[index]
    packed = tmp_path / "b.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    array = written(tmp_path / "c.json", f"[{','.join(text.splitlines())}]")
    for path, jobs in ((packed, 1), (packed, 2), (tmp_path / "a.jsonl", 2), (array, 2)):
        again = judge(path, jobs=jobs)
        assert (again.statements, again.totals, again.counted) == (plain.statements, plain.totals, plain.counted)


def test_damaged_gzip_is_wrong_use(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines(100)).encode())[:-20])
    with pytest.raises(UsageError, match="gzip"):
        judge(path)


def test_a_value_without_end_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "BLOCK", 100)
    monkeypatch.setattr(stream, "LIMIT", 4000)
    with pytest.raises(UsageError, match="line 2"):
        judge(written(tmp_path / "a", f'{ONE}\n{{"a": "{"x" * 9000}'))


def test_findings_are_bounded_and_all_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "BLOCK", 20_000)
    path = written(tmp_path / "a", "\n".join(line.replace('"verb"', '"vreb"') for line in lines(250)))
    for jobs in (1, 2):
        judged = judge(path, jobs=jobs)
        assert judged.totals == {"member.unknown": 250, "statement.verb": 250}
        assert len(judged.findings) == 2 * judge_module.KEPT
        assert [f.place.line for f in judged.findings[::2]] == list(range(1, 101))
        assert judged.notes == tuple(f"{rule}: 250 in all, the first 100 are listed." for rule in judged.totals)


def test_ids_are_remembered_in_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated, "REMEMBERED", 10)
    told = found(written(tmp_path / "a", "\n".join([*lines(15), ONE, *lines(40)[20:], ONE])))[1]
    assert told == [(16, "/id", "file.id-repeated")]


def test_versions(tmp_path: Path) -> None:
    path = written(tmp_path / "a", json.dumps(BASES["two"]))
    assert judge(path).findings == judge(path, "2.0").findings == ()
    assert {f.rule.id for f in judge(path, "1.0.3").findings} == {"version.one", "context.later"}
    with pytest.raises(UsageError, match="version"):
        judge(path, "3")


def feed(count: int) -> Iterator[bytes]:
    """Yield sound and broken statements with ids of their own."""
    template = lines(1, ("choice",))[0]
    before, _, after = template.partition(str(UUID(int=0, version=4)))
    for start in range(0, count, 1000):
        ids = (str(UUID(int=number, version=4)) for number in range(start, start + 1000))
        yield "".join(f'{before}{i}{after}\n{{"broken": "{i}"}}\n' for i in ids).encode()


def peak_memory(count: int) -> int:
    """Judge so many pairs of statements from standard input in a process; return its peak memory in bytes."""
    order = [Path(sys.executable).parent / "sclt", "statements", "validate", "-", "--jobs", "1"]
    with subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as child:
        assert child.stdin
        for block in feed(count):
            child.stdin.write(block)
        child.stdin.close()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 1
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file() -> None:
    few, many = peak_memory(5_000), peak_memory(60_000)
    assert many - few <= 40 << 20, f"{few >> 20} MB for 10,000 statements, {many >> 20} MB for 120,000"
