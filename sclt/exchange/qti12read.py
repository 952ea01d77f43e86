"""Reads IMS QTI 1.2 (ASI Information Model 1.2), as Canvas and Common Cartridges write it.

What a question is follows from its responses: one choice, several, a text, a number, a menu in a gap, or pairs that
share their answers. What is right follows from the conditions that add to the score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from sclt.errors import Place, UsageError
from sclt.exchange.draft import Draft, Page, as_html, as_text, line_of, option
from sclt.exchange.formats import Format, Reader, content
from sclt.exchange.qtitags import local
from sclt.exchange.tagnames import names_in
from sclt.model.course import Gap, Option, Pair, Question, Range, place_letter
from sclt.questions import find, make
from sclt.storage import safexml
from sclt.validation.read.xmltext import parse

KNOWN = names_in("""
    questestinterop assessment section item itemmetadata qtimetadata qtimetadatafield fieldlabel fieldentry
    presentation flow flow_mat flow_label material mattext matbreak response_lid response_str response_num render_choice
    render_fib response_label resprocessing outcomes decvar respcondition conditionvar varequal vargte varlte vargt
    varlt varsubset varsubstring unanswered other not and or setvar displayfeedback itemfeedback solution
    solutionmaterial hint hintmaterial selection_ordering objectbank
""")
"""Elements whose content is carried, or (conditions, metadata) asked."""
TOLD = {
    "matimage": "a picture that is named by an element of its own",
    "mataudio": "a sound",
    "matvideo": "a film",
    "matapplet": "a program",
    "matapplication": "a program",
    "mat_extension": "something of its maker",
    "response_xy": "a place on a picture",
    "response_grp": "a group of answers",
    "response_extension": "an answer of its maker's kind",
    "render_hotspot": "places on a picture",
    "render_slider": "a slider",
    "render_extension": "an answer of its maker's kind",
    "selection": "a draw of some questions out of many",
    "order": "questions in a changing order",
    "duration": "a limit of time",
    "rubric": "a note",
    "objectives": "objectives",
    "itemcontrol": "switches of hints and feedback",
    "sectioncontrol": "switches of hints and feedback",
    "assessmentcontrol": "switches of hints and feedback",
    "outcomes_processing": "a rule for the result",
    "itemproc_extension": "a rule of its maker",
    "presentation_material": "what stands in front of the questions",
    "calculated": "numbers that are made anew for each learner",
}
"""Elements that do not come over, and what they are."""
IGNORED = {
    "qticomment": "a note of the program that wrote the file",
    "presentation_ext": "looks",
    "emphasis": "looks",
    "vocabulary": "a list that metadata may take words from",
}
_GAP = re.compile(r"\[([A-Za-z0-9_. -]{1,60})\]")


class _Rule(NamedTuple):
    """A condition: what it compares, what it adds to the score, the feedback that it shows."""

    condition: etree._Element
    score: float
    feedback: tuple[str, ...]


def read_assessment(name: str, title: str, root: etree._Element) -> Draft:
    """Read a file of QTI 1.2: a page for each of its assessments; what cannot be carried is listed as lost."""
    draft = Draft(name, title)
    _account(draft, root)
    wholes = _all(root, "assessment") or [root]
    for whole in wholes:
        questions = []
        for item in _all(whole, "item"):
            try:
                questions.append(_question(draft, item))
            except ValueError as fault:
                said = as_text(_markup(item))[:200]
                draft.lose(
                    line_of(item), f"the question cannot be carried over: {fault}. It says: '{said}'.", "Add it."
                )
        named = whole.get("title", "").strip()
        draft.pages.append(Page(named or title, "", tuple(questions), Place(name, line_of(whole))))
    return draft


def _account(draft: Draft, root: etree._Element) -> None:
    """Tell, once for each kind, what of the file is not carried."""
    seen: set[str] = set()
    for element in root.iter():
        name = local(element)
        if not name or name in seen or name in KNOWN or name in IGNORED:
            continue
        seen.add(name)
        what = TOLD.get(name, "an element that is not known")
        draft.lose(line_of(element), f"'{name}' is left out: {what}.", "Look at the question.")


def _all(root: etree._Element, *names: str) -> list[etree._Element]:
    return [element for element in root.iter() if local(element) in names]


def _children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (child for child in element if local(child) in names)


def _markup(element: etree._Element) -> str:
    """Return the texts of an element's materials, but not those of what learners answer, as HTML."""
    found = []
    for child in element:
        if local(child) == "mattext":
            marked = {"text/html": True, "text/plain": None}.get(child.get("texttype", "text/plain").lower())
            found.append(as_html("".join(map(str, child.itertext())), marked))
        elif local(child) in ("material", "flow", "flow_mat", "presentation", "solutionmaterial", "hintmaterial"):
            found.append(_markup(child))
        elif local(child) == "matbreak":
            found.append("<br>")
    return "".join(found)


def _metadata(item: etree._Element) -> dict[str, str]:
    fields = _all(item, "qtimetadatafield")
    pairs = [{local(part): (part.text or "").strip() for part in field} for field in fields]
    return {pair.get("fieldlabel", ""): pair.get("fieldentry", "") for pair in pairs}


def _question(draft: Draft, item: etree._Element) -> Question:
    metadata = _metadata(item)
    presentation = next(iter(_all(item, "presentation")), None)
    if presentation is None:
        raise ValueError("it has no presentation")
    responses = _all(presentation, "response_lid", "response_str", "response_num", "response_xy", "response_grp")
    prompt, rules = _markup(presentation), list(_rules(item))
    facts = _answers(draft, item, responses, rules, prompt)
    prompt = facts.pop("prompt", prompt)
    if not as_text(prompt):
        raise ValueError("it asks nothing")
    known: dict[str, Any] = {
        "id": item.get("title") or item.get("ident") or as_text(prompt)[:60],
        "place": Place(draft.file, line_of(item)),
        "prompt": prompt,
        "text": as_text(prompt),
        "points": _points(metadata),
        "hint": "".join(_markup(hint) for hint in _all(item, "hintmaterial")),
    }
    return make(**(known | _said(draft, item, rules) | facts))


def _points(metadata: dict[str, str]) -> float:
    for label in ("points_possible", "qmd_weighting", "cc_weighting"):
        try:
            return float(metadata[label])
        except (KeyError, ValueError):
            continue
    return 1.0


def _rules(item: etree._Element) -> Iterator[_Rule]:
    for rule in _all(item, "respcondition"):
        condition = next(_children(rule, "conditionvar"), None)
        if condition is None:
            continue
        score = sum(_number(each.text) for each in _children(rule, "setvar") if each.get("action", "Set") != "Subtract")
        shown = tuple(each.get("linkrefid", "") for each in _children(rule, "displayfeedback"))
        yield _Rule(condition, score, shown)


def _number(text: str | None) -> float:
    try:
        return float((text or "").strip().replace(",", "."))
    except ValueError:
        return 0.0


def _answers(
    draft: Draft, item: etree._Element, responses: list[etree._Element], rules: list[_Rule], prompt: str
) -> dict[str, Any]:
    """Return type and answers of a question by the responses that it asks for."""
    if not responses:
        raise ValueError("it asks for no answer")
    if any(local(each) in ("response_xy", "response_grp") for each in responses):
        raise ValueError("learners answer on a picture, or in a group")
    if len(responses) > 1:
        return _several(responses, rules, prompt)
    response = responses[0]
    if local(response) == "response_lid":
        return _choice(draft, item, response, rules)
    return _field(response, rules)


def _choice(draft: Draft, item: etree._Element, response: etree._Element, rules: list[_Rule]) -> dict[str, Any]:
    right = _right(response, rules)
    texts = _feedback_texts(item)
    rows = [(label.get("ident", ""), _markup(label)) for label in _all(response, "response_label")]
    options = tuple(
        option(n, markup, name in right, _feedback_of(name, response, rules, texts))
        for n, (name, markup) in enumerate(rows)
    )
    if response.get("rcardinality", "Single").lower() != "single":
        return {"type": find(moodle="multichoice", shape="many").name, "options": options}
    if len(right) > 1:
        draft.lose(line_of(item), "several answers earn points, of which learners can choose one.", "Look at it.")
    kind = find(moodle="multichoice", shape="one").name if right else find(scored=False, shape="one").name
    return {"type": kind, "options": options} | ({} if right else {"points": 0.0})


def _right(response: etree._Element, rules: Sequence[_Rule]) -> dict[str, bool]:
    """Return the values of a response that add to the score, in their order."""
    name = response.get("ident", "")
    return {
        (test.text or "").strip(): test.get("case", "no").lower() == "yes"
        for rule in rules
        if rule.score > 0
        for test in _all(rule.condition, "varequal")
        if test.get("respident") == name and not _negated(test)
    }


def _negated(element: etree._Element) -> bool:
    """Tell whether a comparison lies in an odd number of negations."""
    return sum(local(above) == "not" for above in element.iterancestors()) % 2 == 1


def _feedback_texts(item: etree._Element) -> dict[str, str]:
    return {each.get("ident", ""): _markup(each) for each in _all(item, "itemfeedback")}


def _feedback_of(name: str, response: etree._Element, rules: list[_Rule], texts: dict[str, str]) -> str:
    """Return what is said after one answer: by the rules that ask for it alone, else by its name (Canvas)."""
    for rule in rules:
        tests = _all(rule.condition, "varequal")
        alone = len(tests) == 1 and tests[0].get("respident") == response.get("ident") and not _negated(tests[0])
        own = [ref for ref in rule.feedback if not _MEANT.search(ref)]
        if alone and (tests[0].text or "").strip() == name and own:
            return "".join(texts.get(ref, "") for ref in own)
    return texts.get(f"{name}_fb", "")


_MEANT = re.compile("general|correct|incorrect|^any$|sample|solution", re.IGNORECASE)


def _said(draft: Draft, item: etree._Element, rules: list[_Rule]) -> dict[str, Any]:
    """Return what is said after right, wrong and all answers; feedback without a place is told."""
    found: dict[str, str] = {}
    shown = {ref for rule in rules for ref in rule.feedback}
    answers = {label.get("ident", "") for label in _all(item, "response_label")}
    for name, markup in _feedback_texts(item).items():
        low = name.lower()
        if name in answers or name.removesuffix("_fb") in answers or not markup:
            continue
        if "incorrect" in low or "wrong" in low:
            found["incorrect"] = markup
        elif "correct" in low or "right" in low:
            found["correct"] = markup
        elif "general" in low or low == "any":
            found["feedback"] = markup
        elif not (name in shown and _is_for_one_answer(name, rules)):
            draft.lose(line_of(item), f"feedback '{name}' has no counterpart: '{as_text(markup)[:200]}'.", "Add it.")
    solution = "".join(_markup(each) for each in _all(item, "solutionmaterial"))
    return found | ({"sample": solution} if solution else {})


def _is_for_one_answer(name: str, rules: list[_Rule]) -> bool:
    return any(name in rule.feedback and len(_all(rule.condition, "varequal")) == 1 for rule in rules)


def _field(response: etree._Element, rules: list[_Rule]) -> dict[str, Any]:
    fib = next(iter(_all(response, "render_fib")), None)
    ranges = tuple(_ranges(rules))
    right = _right(response, rules)
    numeric = local(response) == "response_num" or (fib is not None and fib.get("fibtype", "").lower() in _NUMERIC)
    if ranges or (numeric and right):
        exact = tuple(Range(place_letter(n), _number(v), _number(v)) for n, v in enumerate(right))
        return {"type": find(moodle="numerical").name, "ranges": ranges or exact}
    if not right:
        return {"type": find(moodle="essay").name, "points": 0.0}
    options = tuple(option(n, as_html(text, False), True) for n, text in enumerate(right))
    return {"type": find(moodle="shortanswer").name, "options": options, "case": any(right.values())}


_NUMERIC = ("decimal", "integer", "scientific")


def _ranges(rules: list[_Rule]) -> Iterator[Range]:
    """Yield the ranges of numbers that add to the score: each lower bound with the upper one behind it."""
    n = 0
    for rule in rules:
        lows = [_number(e.text) for e in _all(rule.condition, "vargte", "vargt")]
        highs = [_number(e.text) for e in _all(rule.condition, "varlte", "varlt")]
        for low, high in zip(lows, highs, strict=False) if rule.score > 0 else ():
            yield Range(place_letter(n), low, high)
            n += 1


def _several(responses: list[etree._Element], rules: list[_Rule], prompt: str) -> dict[str, Any]:
    """Return gaps where the text names its responses in brackets (Canvas), else pairs that share their answers."""
    if len(_GAP.findall(prompt)) >= len(responses) and not _same_labels(responses):
        return _gaps(responses, rules, prompt)
    if all(local(each) == "response_lid" for each in responses) and _same_labels(responses):
        return _pairs(responses, rules)
    if len(_GAP.findall(prompt)) >= len(responses):
        return _gaps(responses, rules, prompt)
    raise ValueError("it asks for several answers that make no single question here")


def _labels(response: etree._Element) -> dict[str, str]:
    return {label.get("ident", ""): _markup(label) for label in _all(response, "response_label")}


def _same_labels(responses: list[etree._Element]) -> bool:
    offered = [sorted(_labels(each).values()) for each in responses]
    return bool(offered[0]) and all(each == offered[0] for each in offered)


def _pairs(responses: list[etree._Element], rules: list[_Rule]) -> dict[str, Any]:
    rows: list[tuple[str, str]] = []
    spare = dict.fromkeys(_labels(responses[0]).values())
    for response in responses:
        labels = _labels(response)
        right = next((labels[value] for value in _right(response, rules) if value in labels), "")
        rows.append((_markup(response), right))
        spare.pop(right, None)
    rows += [("", each) for each in spare]
    pairs = tuple(Pair(place_letter(n), a, as_text(a), b, as_text(b)) for n, (a, b) in enumerate(rows))
    return {"type": find(moodle="matching").name, "pairs": pairs}


def _gaps(responses: list[etree._Element], rules: list[_Rule], prompt: str) -> dict[str, Any]:
    gaps: list[Gap] = []
    for response in responses:
        name = re.sub(r"^response_", "", response.get("ident", ""))
        spoken = as_text(_markup(response)) or name
        where = next((f"[{each}]" for each in (spoken, name) if f"[{each}]" in prompt), "")
        if not where:
            raise ValueError(f"its text has no gap '{spoken[:40]}'")
        letter = place_letter(len(gaps))
        prompt = prompt.replace(where, f'<span data-gap="{letter}"></span>', 1)
        gaps.append(_gap(letter, response, rules))
    return {"type": find(in_text=True).name, "gaps": tuple(gaps), "prompt": prompt}


def _gap(letter: str, response: etree._Element, rules: list[_Rule]) -> Gap:
    labels, right = _labels(response), _right(response, rules)
    wrong = [name for name in labels if name not in right]
    if wrong:
        return Gap(letter, tuple(option(n, text, name in right) for n, (name, text) in enumerate(labels.items())), True)
    texts = [as_text(labels.get(name, "")) or name for name in right]
    return Gap(letter, tuple(Option(place_letter(n), "", text, True) for n, text in enumerate(texts)))


def _read(path: Path, title: str) -> Draft:
    xml = parse(path.name, content(path))
    if xml.root is None:
        raise UsageError(f"the XML cannot be read: {xml.fault}.", f"{path.name}:{xml.line}", "Export it anew.")
    return read_assessment(path.name, title, xml.root)


FORMAT = Format(
    "qti12",
    "QTI 1.2",
    Reader(
        (".xml", ".qti"),
        _read,
        "choice, text, number, essay, gaps, menus in gaps, matching, points, feedback (as Canvas and Common Cartridge "
        "write them)",
        "places on pictures, computed questions, draws",
        fits=lambda head: safexml.first_tag(head).rpartition("}")[2] == "questestinterop",
    ),
)
