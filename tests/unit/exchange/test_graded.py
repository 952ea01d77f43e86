"""What answers of others earn: kept where the author's format can hold it, told at its line where it cannot."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pyslet.qtiv2.variables as variables
import pyslet.qtiv2.xml as qtiv2
import pytest
from lxml import etree

from sclt.errors import Place
from sclt.exchange.draft import Draft
from sclt.exchange.gift import read_gift, write_gift
from sclt.exchange.moodle import read_moodle
from sclt.exchange.qti import FORMAT, read_item
from sclt.exchange.qtichain import as_pattern, of_pattern
from sclt.exchange.qtiwrite import write_item
from sclt.model.course import Option, Pair, Question, Range
from sclt.questions import make
from sclt.source.load import load
from sclt.storage.cache import Cache
from tests.parts import of
from tests.unit.exchange.test_imports import PIXEL

PLACE = Place("page.md", 1)


def gift(text: str) -> Draft:
    return read_gift("q.gift", "Quiz", text)


def moodle(inner: str, kind: str = "multichoice") -> Draft:
    start = f'<quiz><question type="{kind}"><name><text>n</text></name><questiontext><text>Q?</text></questiontext>'
    return read_moodle("q.xml", "Quiz", f"{start}{inner}</question></quiz>".encode())


def item(body: str, processing: str = "", declared: str = "", outcomes: str = "") -> Draft:
    text = (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="i">'
        f'<responseDeclaration identifier="RESPONSE" {declared}</responseDeclaration>{outcomes}'
        f"<itemBody><p>Q?</p>{body}</itemBody>{processing}</assessmentItem>"
    )
    return read_item("i.xml", "Quiz", text.encode())


def only(draft: Draft) -> Question:
    (question,) = (each for page in draft.pages for each in page.questions)
    return question


def earns(question: Question) -> list[tuple[str, bool, float | None]]:
    return [(o.text, o.correct, o.credit) for o in of(question, "options")]


def messages(draft: Draft) -> list[str]:
    return [f"{finding.place.line}: {finding.message}" for finding in draft.lost]


CHOICE = (
    '<choiceInteraction responseIdentifier="RESPONSE" shuffle="{shuffle}" maxChoices="{most}">'
    '<simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice>'
    '<simpleChoice identifier="C" fixed="true">c</simpleChoice></choiceInteraction>'
)
MAPPED = (
    'cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse><mapping>'
    '<mapEntry mapKey="A" mappedValue="4"/><mapEntry mapKey="B" mappedValue="1"/></mapping>'
)
MAP = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>'


def test_a_part_of_the_points_stays_a_part() -> None:
    expected = [("a", True, None), ("b", False, 0.25), ("c", False, None)]
    assert earns(only(gift("Q?{=a =%25%b ~c}"))) == expected
    fractions = "".join(
        f'<answer fraction="{f}"><text>{t}</text></answer>' for f, t in ((100, "a"), (25, "b"), (0, "c"))
    )
    assert earns(only(moodle(fractions))) == expected
    question = only(item(CHOICE.format(shuffle="false", most=1), MAP, MAPPED))
    assert (earns(question), question.points) == (expected, 4)


def test_an_answer_of_no_weight_is_wrong_and_keeps_its_feedback() -> None:
    question = only(gift("Capital?{=Vilnius =%0%Kaunas#It was}"))
    assert earns(question) == [("Vilnius", True, None), ("Kaunas", False, None)]
    assert of(question, "options")[1].feedback == "It was"


def test_each_of_several_right_answers_is_right() -> None:
    right = [("a", True, None), ("b", True, 1.0), ("c", False, None)]
    draft = gift("Q?{=a =b ~c}")
    assert (earns(only(draft)), draft.lost) == (right, [])
    fractions = "".join(
        f'<answer fraction="{f}"><text>{t}</text></answer>' for f, t in ((100, "a"), (100, "b"), (0, "c"))
    )
    draft = moodle(f"<single>true</single>{fractions}")
    assert (earns(only(draft)), draft.lost) == (right, [])
    assert only(gift(write_gift([only(gift("Q?{=a =b ~c}"))])[0])).type == "single-choice"


def test_what_takes_points_back_is_told_or_kept() -> None:
    draft = gift("\n\nQ?{=a ~%-50%b}")
    assert messages(draft) == ["3: 'b' takes back 50 % of the points; here it earns nothing."]
    question = only(gift("Q?{~%60%a ~%40%b ~%-20%c}"))
    assert earns(question) == [("a", True, 0.6), ("b", True, 0.4), ("c", False, -0.2)]
    usual = only(gift("Q?{~%50%a ~%50%b ~%-50%c}"))
    assert [credit for _, _, credit in earns(usual)] == [None] * 3


def test_what_cannot_add_up_is_told() -> None:
    assert messages(gift("Q?{~%50%a ~%-50%b}")) == [
        "1: the right answers earn 50 % together; here they earn 100 % together."
    ]
    assert messages(gift("Q?{=%50%a ~b}")) == ["1: no answer earns all points: those of 50 % do here."]
    assert "no answer is right" in messages(gift("Q?{~a ~b}"))[0]


@pytest.mark.parametrize("form", ["gift", "moodle"])
def test_wildcards_are_wildcards(form: str) -> None:
    rows = [("100", r"*chloroph?ll*"), ("50", "pigment"), ("100", r"5\*3"), ("0", "*")]
    if form == "gift":
        draft = gift("Q?{" + " ".join(f"=%{share}%{text}#{share}" for share, text in rows) + "}")
    else:
        inner = (
            f'<answer fraction="{share}"><text>{text}</text><feedback><text>{share}</text></feedback></answer>'
            for share, text in rows
        )
        draft = moodle("".join(inner), "shortanswer")
    question = only(draft)
    assert [o.parts for o in of(question, "options")] == [("", "chloroph?ll", ""), (), ()]
    assert [o.text for o in of(question, "options")] == ["…chloroph?ll…", "pigment", "5*3"]
    assert (question.incorrect, draft.lost) == ("0", [])


def test_the_answer_to_all_other_numbers_is_the_feedback_on_wrong_ones() -> None:
    for text in ("Q?{#=10:0#right ~#again}", "Q?{#=10:0#right =%0%*#again}"):
        question = only(gift(text))
        assert [(r.low, r.high, r.feedback) for r in of(question, "ranges")] == [(10, 10, "right")]
        assert question.incorrect == "again"


def test_numbers_keep_all_their_digits() -> None:
    texts = ("12345678901", "0.00000000012345678901", "3.14159265358979", "6.02e23", "-5", "3,14")
    for text in texts:
        (found,) = of(only(gift(f"Q?{{#={text}}}")), "ranges")
        question = make("numeric", id="q", place=PLACE, prompt="Q?", text="Q?", ranges=(found,))
        for back in (only(gift(write_gift([question])[0])), only(read_item("i", "t", write_item(question, "en")))):
            assert of(back, "ranges")[0].low == of(back, "ranges")[0].high == float(text.replace(",", "."))
    assert [(r.low, r.high) for r in of(only(gift("Q?{#3.14:0.01}")), "ranges")] == [(3.13, 3.15)]


def test_order_and_fixed_places_are_kept() -> None:
    declared = 'cardinality="single" baseType="identifier"><correctResponse><value>C</value></correctResponse>'
    question = only(item(CHOICE.format(shuffle="true", most=1), declared=declared))
    assert (question.shuffle, [o.fixed for o in of(question, "options")]) == (True, [False, False, True])
    assert not only(item(CHOICE.format(shuffle="false", most=1), declared=declared)).shuffle
    rows = '<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer>'
    assert not only(moodle(f"<shuffleanswers>false</shuffleanswers>{rows}")).shuffle
    assert only(moodle(rows)).shuffle


def test_all_or_nothing_stays_so() -> None:
    declared = (
        'cardinality="multiple" baseType="identifier"><correctResponse><value>A</value><value>B</value>'
        "</correctResponse>"
    )
    question = only(item(CHOICE.format(shuffle="false", most=0), declared=declared))
    assert (question.partial, [o.correct for o in of(question, "options")]) == (False, [True, True, False])


def test_the_points_of_an_item_are_kept() -> None:
    outcome = (
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float"><defaultValue><value>5</value>'
        "</defaultValue></outcomeDeclaration>"
    )
    declared = 'cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse>'
    assert only(item(CHOICE.format(shuffle="false", most=1), declared=declared, outcomes=outcome)).points == 5


def test_moodle_s_notes_come_over_or_are_told() -> None:
    said = (
        '<answer fraction="100"><text>true</text><feedback><text>Yes.</text></feedback></answer>'
        '<answer fraction="0"><text>false</text><feedback><text>No.</text></feedback></answer>'
        "<hint><text>One</text></hint><hint><text>Two</text></hint>"
    )
    question = only(moodle(said, "truefalse"))
    assert (question.correct, question.incorrect, question.hint) == ("Yes.", "No.", "<p>One</p><p>Two</p>")
    rest = (
        "<defaultgrade>10</defaultgrade><graderinfo><text>Causes</text></graderinfo>"
        "<responsetemplate><text>Thesis</text></responsetemplate>"
    )
    told = " ".join(messages(moodle(rest, "essay")))
    assert all(word in told for word in ("10 points", "'Causes'", "'Thesis'"))
    units = (
        '<answer fraction="100"><text>2</text></answer><units><unit><multiplier>1</multiplier><unit_name>m</unit_name>'
        "</unit><unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>"
    )
    draft = moodle(units, "numerical")
    assert getattr(only(draft), "unit") == "m"  # noqa: B009 (a number's, as its type says)
    assert "'cm'" in messages(draft)[0]
    assert only(moodle('<answer fraction=""><text></text></answer>', "essay")).type == "long-answer"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_no_question_of_a_gift_file_is_swallowed(end: str) -> None:
    lines = [
        "::a::One?{T}",
        "::b::Two?{F}",
        "Three?{",
        "=x",
        "~y",
        "}",
        "Four {=f ~g} ends.",
        "",
        "::c::Broken?{=a",
        "",
        "::d::Last?{T}",
    ]
    draft = gift(end.join(lines))
    assert [q.text for q in draft.pages[0].questions] == [
        "One?",
        "Two?",
        "Three?",
        "Four ends.",
        "Last?",
    ]
    assert [finding.place.line for finding in draft.lost] == [9]


def test_text_behind_the_answers_stays() -> None:
    assert only(gift("Pi is {#3.14}.")).text == "Pi is."
    assert only(gift("Pi is {#3.14} or so.")).text == "Pi is … or so."
    assert [q.type for q in gift("It is {=a ~b} here.").pages[0].questions] == ["gaps"]


def test_code_keeps_its_lines_in_gift() -> None:
    code = "<pre><code>if a:\n    b = 1\n</code></pre>"
    question = make("true-false", id="q", place=PLACE, prompt=f"<p>Right?</p>{code}", text="Right?",
                    options=(Option("true", "", "", True), Option("false", "", "", False)))  # fmt: skip
    text, _ = write_gift([question])
    assert text.count("\n") == 1
    assert code in only(gift(text)).prompt


def test_formulas_go_as_moodle_and_qti_know_them() -> None:
    markup = '<p>Is <math alttext="x^2" xmlns="http://www.w3.org/1998/Math/MathML" display="inline"><msup><mi>x</mi>'
    question = make("true-false", id="q", place=PLACE, text="Is", prompt=f"{markup}<mn>2</mn></msup></math>?</p>",
                    options=(Option("true", "", "", True), Option("false", "", "", False)))  # fmt: skip
    assert only(gift(write_gift([question])[0])).prompt == r"<p>Is \(x^2\)?</p>"
    written = etree.fromstring(write_item(question, "en"))
    assert written.xpath("count(//*[local-name()='msup'][namespace-uri()='http://www.w3.org/1998/Math/MathML'])") == 1
    assert 'alttext="x^2"' in only(read_item("i", "t", etree.tostring(written))).prompt


@pytest.mark.parametrize("parts", [("", "a.b", ""), ("[x]", "^$"), ("Ąž*", "")])
@pytest.mark.parametrize("case", [True, False])
def test_patterns_of_qti_say_the_same_wildcards(parts: tuple[str, ...], case: bool) -> None:
    found = of_pattern(as_pattern(parts, case))
    assert found is not None
    assert found.parts == parts
    assert found.case is (case or not any(letter.isalpha() for part in parts for letter in part))
    assert of_pattern("[0-9]+") is None


def scored(question: Question, answer: Any) -> float:
    """Let Pyslet, which we did not write, score an answer."""
    document = qtiv2.QTIDocument()
    document.read(src=write_item(question, "en").decode())
    session = variables.ItemSessionState(document.root)
    session.begin_session()
    session["RESPONSE"].set_value(answer)
    document.root.ResponseProcessing.run(session)
    return float(session["SCORE"].value or 0)


def test_another_engine_gives_the_same_parts() -> None:
    known: dict[str, Any] = {"id": "q", "place": PLACE, "prompt": "Q?", "text": "Q?", "points": 3.0}
    options = [Option(i, i, i, i in "ab") for i in "abc"]
    several = make("multiple-choice", options=tuple(options), **known)
    assert [scored(several, answer) for answer in (["a", "b"], ["a"], ["a", "c"])] == [3, 1.5, 0]
    number = make("numeric", **known, ranges=(Range("a", 1, 2), Range("b", 0, 5, False, "", 0.5)))
    assert [scored(number, answer) for answer in (1.5, 4.0, 9.0)] == [3, 1.5, 0]
    texts = (Option("a", "oak", "oak", True), Option("b", "elm", "elm", False, credit=0.5))
    assert [scored(make("short-answer", options=texts, **known), t) for t in ("OAK", "elm", "x")] == [3, 1.5, 0]


def test_equal_right_sides_are_one_for_another_engine() -> None:
    pairs = (
        Pair("a", "Vilnius", "Vilnius", "LT", "LT"),
        Pair("b", "Kaunas", "Kaunas", "LT", "LT"),
        Pair("c", "Riga", "Riga", "LV", "LV"),
    )
    question = make("matching", id="q", place=PLACE, prompt="Q?", text="Q?", points=3.0, pairs=pairs)
    root = etree.fromstring(write_item(question, "en"))
    names = root.xpath("//*[local-name()='simpleMatchSet'][2]/*/@identifier")
    assert names == ["R-a", "R-c"]
    assert scored(question, [("L-a", "R-a"), ("L-b", "R-a"), ("L-c", "R-c")]) == 3


def test_an_exported_item_has_its_pictures(tmp_path: Path) -> None:
    course = tmp_path / "c"
    texts = {
        "programme.yaml": "title: {en: A}\ndescription: {en: A}\nkeywords: {en: [a]}\nlanguages: [en]\nversion: 1.0.0\n"
        "iri: https://example.org/c\nmodules: [m]\nmastery: 70\npublisher: {en: A}\nrights: {en: A}\n",
        "m/module.yaml": "title: {en: A}\ndescription: {en: A}\nkeywords: {en: [a]}\nversion: 1.0.0\nduration: PT1H\n"
        "pages: [p]\n",
        "m/en/p.md": "---\ntitle: A\n---\n\n:::question {#q type=true-false answer=true}\n"
        "Is ![a dot](../media/d.png) a dot?\n:::\n",
    }
    for name, text in texts.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text, encoding="utf-8")
    (course / "m" / "media").mkdir()
    (course / "m" / "media" / "d.png").write_bytes(PIXEL)
    loaded, _ = load(course / "m", Cache())
    assert FORMAT.writer is not None
    FORMAT.writer.write(loaded.programmes[0].modules[0], Path(loaded.root), "en", tmp_path / "q.zip")
    with zipfile.ZipFile(tmp_path / "q.zip") as package:
        assert package.read("media/d.png") == PIXEL
        assert b'href="media/d.png"' in package.read("imsmanifest.xml")
