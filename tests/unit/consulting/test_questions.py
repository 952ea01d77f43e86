"""Questions from every kind of file into one store, and what the authors do with them there."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sclt.cli import main
from sclt.consulting import desk, digest
from sclt.consulting.comments import Comment, comments_of
from sclt.consulting.exports import Told
from sclt.consulting.publishing import Draft, draft_of
from sclt.consulting.store import Questions, State
from sclt.errors import UsageError
from sclt.records.people import Key, read_key
from sclt.source.load import load
from sclt.storage.cache import Cache
from tests.places import TESTS

CONSULTED = TESTS / "browser" / "consulted"
MODULE = "https://example.org/square/benches"
HOSTILE = '=HYPERLINK("http://evil.example","x")<script>alert(1)</script>\u202egnol\u0007 ' + "ą" * 100_000
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def statement(text: str = "Ar tinka ąžuolas?", number: int = 1, mbox: str = "mailto:ona@example.org") -> dict[str, Any]:
    own = "https://w3id.org/sclt/extensions"
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "actor": {"mbox": mbox},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/asked"},
        "object": {"id": f"{MODULE}/pages/wood"},
        "result": {"response": text},
        "context": {"language": "lt", "extensions": {f"{own}/passage": "Maumedis", f"{own}/version": "1.2.0"}},
        "timestamp": "2026-11-29T10:00:00Z",
    }


class Desk:
    """A folder of records with its key, and what lies in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.records, self.file = folder, folder / "records", folder / "records.key"
        self.key: Key = read_key(self.file, self.records, create=True)

    def take(self, name: str, content: str, told: Told = Told()) -> desk.Came:  # noqa: B008 an immutable value
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return desk.take([path], self.records, self.key, told)

    def statements(self, *told: dict[str, Any]) -> desk.Came:
        return self.take("told.jsonl", "".join(json.dumps(each) + "\n" for each in told))

    def all(self) -> Questions:
        return Questions(self.records)


@pytest.fixture
def kept(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def table(*rows: tuple[str, ...]) -> str:
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


MOODLE = table(
    ("Elementas", "Reikšmė"),
    ("cmi.core.lesson_status", "incomplete"),
    (
        "cmi.comments",
        "[wood, lt] Ar tinka &lt;ąžuolas&gt;? [“Maumedis &amp; pušis”] (#1kt0j50, v1.2.0)\n"
        "[shade, en] How big? (#2abc, where, v1.2.0)\n",
    ),
)
_KNOWN = "[wood, lt] Kaip? (#9zzz, v1)"
ILIAS = table(
    ("lm_id", "lm_title", "identifierref", "login", "user", "email", "c_timestamp", "lvalue", "rvalue"),
    ("9", "Benches", "benches", "ona", "Onaitė, Ona", "ona@example.org", "2026-11-29", "cmi.core.exit", "suspend"),
    ("9", "Benches", "benches", "ona", "Onaitė, Ona", "ona@example.org", "2026-11-29", "cmi.comments", _KNOWN),
    ("9", "Benches", "benches", "jonas", "Jonaitis, Jonas", "", "2026-11-29", "cmi.comments", "[wood, lt] Kodėl?"),
)
EDX = json.dumps(
    {
        "cmi.comments_from_learner.0.comment": "{lang=lt}Ar tinka? (#3x, v1)",
        "cmi.comments_from_learner.0.location": "wood",
        "cmi.comments_from_learner.0.timestamp": "2026-11-29T10:00:00.00Z",
        "cmi.exit": "suspend",
    }
)
PLAIN = "text;module;page;learner;asked\nAr tinka?;benches;wood;ona@example.org;2026-11-29\n"


def test_what_the_runtime_wrote_is_taken_apart() -> None:
    """SCORM 1.2 has all questions in one text; what has no mark, or was written by hand, is a question as well."""
    first, second = comments_of({"cmi.comments": "[wood, lt] One\n [x, y] more (#ab1, v2)\n[, en] Two [“no end (#zz"})
    assert first == Comment("One\n [x, y] more", "wood", "lt", version="2", mark="ab1")
    assert (second.text, second.page, second.mark) == ("Two [“no end (#zz", "", "")
    assert [each.text for each in comments_of({"cmi.comments": "by hand"})] == ["by hand"]


@pytest.mark.parametrize(
    ("name", "content", "texts", "marks", "people"),
    [
        ("moodle.csv", MOODLE, ["Ar tinka <ąžuolas>?", "How big?"], ["1kt0j50", "2abc"], {"learner 7"}),
        ("ilias.csv", ILIAS, ["Kaip?", "Kodėl?"], ["9zzz", ""], {"mbox mailto:ona@example.org", "learner jonas"}),
        ("edx.json", EDX, ["Ar tinka?"], ["3x"], {"learner 7"}),
        ("plain.csv", PLAIN, ["Ar tinka?"], [""], {"mbox mailto:ona@example.org"}),
    ],
)
def test_what_an_lms_exports(
    kept: Desk, name: str, content: str, texts: list[str], marks: list[str], people: set[str]
) -> None:
    told = Told("" if name == "ilias.csv" else "7", "" if name == "ilias.csv" else MODULE)
    assert kept.take(name, content, told) == (len(texts), 0)
    assert kept.take(name, content, told) == (0, len(texts))
    found = [each.asked for each in kept.all().all()]
    assert sorted(each.text for each in found) == sorted(texts)
    assert sorted(each.mark for each in found) == sorted(marks)
    assert {each.person for each in found} == {kept.key.pseudonym(each) for each in people}
    assert not [each for each in found if "ona@" in repr(each) or "Ona" in repr(each)]
    if name == "moodle.csv":
        oak = next(each for each in found if each.mark == "1kt0j50")
        assert (oak.page, oak.language, oak.passage, oak.version) == ("wood", "lt", "Maumedis & pušis", "1.2.0")
        assert {each.question for each in found} == {"", "where"}


def test_a_file_that_tells_of_no_question_says_what_it_lacks(kept: Desk) -> None:
    with pytest.raises(UsageError, match="tells of no question"):
        kept.take("grades.csv", "name,grade\nOna,9\n")
    with pytest.raises(UsageError, match="neither JSON"):
        kept.take("broken.jsonl", '{"id": 1}\n{')


def test_a_statement_is_a_question_with_what_it_is_about(kept: Desk) -> None:
    other = {**statement(number=2), "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"}}
    assert kept.statements(statement(), other, {**statement(number=3), "result": 7}) == (1, 0)
    (asked,) = [each.asked for each in kept.all().all()]
    assert (asked.module, asked.page, asked.passage, asked.version) == (MODULE, "wood", "Maumedis", "1.2.0")
    assert asked.person == kept.key.pseudonym("mbox mailto:ona@example.org")


def test_one_answer_serves_those_that_were_merged_and_no_second_one_is_taken(kept: Desk) -> None:
    kept.statements(statement(), statement("Ąžuolas tinka?", 2, "mailto:jonas@example.org"))
    first, second = [each.asked.id for each in kept.all().all()]
    assert desk.merge(kept.records, first, [second]) == 1
    answered, _ = desk.answer(kept.records, first, desk.Answer("Taip.", author="Staliai"), now=NOON)
    assert [each.reply.text for each in kept.all().all() if each.reply] == ["Taip.", "Taip."]
    assert answered.state is State.WAITING
    desk.answer(kept.records, first, desk.Answer("Taip.", author="Staliai"), now=NOON)  # as after a run cut off
    with pytest.raises(UsageError, match="has a reply already"):
        desk.answer(kept.records, first, desk.Answer("Ne."), now=NOON)
    with pytest.raises(UsageError, match="merged into another"):
        desk.answer(kept.records, second, desk.Answer("Ne."), now=NOON)
    with pytest.raises(UsageError, match="cannot be merged"):
        desk.merge(kept.records, first, [first])
    assert [(each.state, each.asked_by) for each in desk.listed(kept.records)] == [("reply waits", 2)]


def test_a_person_is_forgotten_with_their_questions_and_replies_but_not_what_is_published(
    kept: Desk, tmp_path: Path
) -> None:
    shutil.copytree(CONSULTED, tmp_path / "course")
    kept.statements(statement(), statement("Kas antras?", 2, "mailto:jonas@example.org"))
    ona, jonas = [each.asked.id for each in kept.all().all()]
    desk.merge(kept.records, ona, [jonas])
    draft = Draft({"lt": "Ar tinka ąžuolas?"}, {"lt": "Taip."})
    desk.answer(kept.records, ona, desk.Answer("Taip.", draft), tmp_path / "course" / "square", NOON)
    published = tmp_path / "course" / "square" / "benches" / "answers" / "wood.yaml"
    before = published.read_text(encoding="utf-8")
    assert desk.forget(kept.records, "ONA@example.org", kept.file) == desk.Gone(1)
    assert published.read_text(encoding="utf-8") == before
    (left,) = kept.all().all()
    assert (left.asked.id, left.into) == (jonas, "")
    raw = (kept.records / "questions.sqlite").read_bytes()
    assert "Ar tinka ąžuolas".encode() not in raw
    assert kept.statements(statement()) == (0, 1)
    assert desk.forget(tmp_path / "empty", "ona@example.org", kept.file) == desk.Gone()


def test_what_is_older_than_it_may_be_kept_goes_and_stays_away(kept: Desk) -> None:
    old = {**statement(number=2), "timestamp": "2020-01-01T00:00:00Z"}
    kept.statements(statement(), old)
    first, second = [each.asked.id for each in kept.all().all()]
    desk.answer(kept.records, first, desk.Answer("Taip."), now=NOON)
    assert (first, desk.expire(kept.records, "2026-01-01")) == (old["id"], 1)
    assert kept.statements(old) == (0, 1)
    assert [each.asked.id for each in kept.all().all()] == [second]


def test_a_published_answer_stands_in_the_sources_and_is_sound_but_for_its_translation(
    kept: Desk, tmp_path: Path
) -> None:
    shutil.copytree(CONSULTED, tmp_path / "course")
    kept.statements(statement("Ar tinka: ąžuolas? #1 - 'taip'\n- ne"))
    (asked,) = [each.asked for each in kept.all().all()]
    reply = tmp_path / "reply.md"
    reply.write_text("Taip, **labai**.\n\nTik *brangu*.\n", encoding="utf-8")
    told = desk.Answer("", draft_of(reply, asked), "Staliai")
    _, place = desk.answer(kept.records, asked.id[:24] + asked.id[24:], told, tmp_path / "course" / "square", NOON)
    assert place == "benches/answers/wood.yaml:ar-tinka-uolas-1-taip-ne"
    course, findings = load(tmp_path / "course", Cache())
    assert {each.rule.id for each in findings} == {"text.todo"}
    (wood,) = [page for page in course.programmes[0].modules[0].pages if page.id == "wood"]
    entry = wood.texts["lt"].blocks[-1].answers[-1]  # type: ignore[union-attr]
    assert entry.question == "Ar tinka: ąžuolas? #1 - 'taip' - ne"
    assert (entry.html, entry.author, entry.date) == (
        "<p>Taip, <strong>labai</strong>.</p>\n<p>Tik <em>brangu</em>.</p>",
        "Staliai",
        "2026-11-30",
    )
    with pytest.raises(UsageError, match="published already"):
        desk.answer(kept.records, asked.id, told, tmp_path / "course" / "square", NOON)


def test_what_is_hostile_is_text_everywhere(kept: Desk, tmp_path: Path) -> None:
    kept.statements(statement(HOSTILE))
    (asked,) = [each.asked for each in kept.all().all()]
    assert len(asked.text) <= 4000
    assert not {"\u202e", "\u0007"} & set(asked.text)
    found = digest.chapters(desk.listed(kept.records))
    page = digest.as_html(found)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in digest.as_text(found)
    run = CliRunner().invoke(main, ["questions", "list", "--records", str(kept.records)])
    assert run.exit_code == 0
    assert "\u202e" not in run.output


def test_a_reply_to_a_question_from_an_export_is_shown_for_the_lms(kept: Desk) -> None:
    kept.take("moodle.csv", MOODLE, Told("7", MODULE))
    reply = kept.folder / "reply.md"
    reply.write_text("Taip.\n", encoding="utf-8")
    command = ["questions", "answer", "1kt0j50", "--file", str(reply), "--records", str(kept.records)]
    run = CliRunner().invoke(main, command)
    assert run.exit_code == 0, run.output
    assert run.output.splitlines()[-1] == "#1kt0j50: Taip."


def test_another_key_is_refused(kept: Desk, tmp_path: Path) -> None:
    kept.statements(statement())
    other = read_key(tmp_path / "other.key", kept.records, create=True)
    with pytest.raises(UsageError, match="not the key"):
        desk.take([tmp_path / "told.jsonl"], kept.records, other, Told())


@pytest.fixture
def command(kept: Desk) -> Callable[..., str]:
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(main, ["questions", *arguments, "--records", str(kept.records)])
        assert done.exit_code == 0, done.output
        return done.output

    return run


def test_questions_are_listed_shown_and_closed(kept: Desk, command: Callable[..., str]) -> None:
    kept.statements(statement(), statement("Kas antras?", 2))
    assert [each["page"] for each in json.loads(command("list", "--format", "json").rpartition("]")[0] + "]")] == [
        "wood"
    ] * 2
    number = "00000000-0000-4000-8000-000000000002"
    assert "Kas antras?" in command("show", number)
    command("close", number)
    assert "Kas antras?" not in command("list")
    assert "closed" in command("list", "--all")
    command("digest", "--out", str(kept.folder / "digest.html"))
    assert "Ar tinka" in (kept.folder / "digest.html").read_text(encoding="utf-8")


def test_a_digest_speaks_the_authors_language_and_tells_titles(kept: Desk, command: Callable[..., str]) -> None:
    kept.statements(statement(), statement("Kas antras?", 2))
    first, second = [each.asked.id for each in kept.all().all()]
    desk.merge(kept.records, first, [second])
    assert command("digest").splitlines()[:2] == [
        f"{MODULE}  wood",
        f"  {first[:8]}  2026-11-29 · asked 2 times · answer: none yet",
    ]
    assert command("digest", "--language", "lt", "--course", str(CONSULTED)).splitlines()[:2] == [
        "Suoliukai  Mediena",
        f"  {first[:8]}  2026-11-29 · klausta 2 kartus · atsakymas: dar nėra",
    ]
    command("digest", "--language", "lt", "--out", str(kept.folder / "digest.html"))
    page = (kept.folder / "digest.html").read_text(encoding="utf-8")
    assert '<html lang="lt">' in page
    assert "<h1>Klausimai autoriams</h1>" in page
    command("close", first)
    assert command("digest").strip() == "There are none."
    run = CliRunner().invoke(main, ["questions", "digest", "--language", "xx", "--records", str(kept.records)])
    assert (run.exit_code, "Take lt, en." in run.output) == (2, True)
