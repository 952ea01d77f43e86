"""Brings QTI items into the one form that `sclt.exchange.qti` reads: QTI 2.1 with the answers in their declarations.

QTI 3 becomes QTI 2; notes for scorers go; feedback beside a question becomes feedback on its choice; a right answer
that only the processing says is put into its declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from sclt.exchange.draft import Draft, line_of
from sclt.exchange.qtitags import local, losses

_TEMPLATES = ("templateDeclaration", "templateProcessing", "printedVariable", "templateBlock", "templateInline")
_MEANT = {
    "incorrect": re.compile("incorrect|wrong", re.IGNORECASE),
    "correct": re.compile("(?<!in)correct|right", re.IGNORECASE),
    "any": re.compile("general|any|feedback$", re.IGNORECASE),
}
"""Names that others give to feedback on wrong, right and all answers."""
_RIGHT = ("SCORE", "MAXSCORE")


def prepared(draft: Draft, root: etree._Element) -> etree._Element:
    """Return an item in the form of QTI 2.1; what it cannot bring over is told.

    Raises ValueError where the item would be another one without it: its text or its right answer are computed.
    """
    if local(root).startswith("qti-"):
        root = as_qti2(root)
    if any(local(element) in _TEMPLATES for element in root.iter()):
        raise ValueError("its text is made anew for each learner")
    for element, message in losses(root):
        draft.lose(line_of(element), message, "Look at the question.")
    for rubric in _all(root, "rubricBlock"):
        _take_rubric(draft, rubric)
    choices = {choice.get("identifier", ""): choice for choice in reversed(_all(root, "simpleChoice"))}
    for block in _all(root, "feedbackBlock"):
        _place_feedback(draft, choices, block)
    taken = {each.get("identifier", "") for each in _all(root, "modalFeedback")}
    for feedback in _all(root, "modalFeedback"):
        _name_feedback(choices, taken, feedback)
    _find_right_answers(root)
    return root


def as_qti2(root: etree._Element) -> etree._Element:
    """Return a document of QTI 3 with the names of QTI 2.1: ``qti-item-body`` is ``itemBody``."""
    for element in root.iter():
        name = local(element)
        if not name.startswith("qti-"):
            continue
        element.tag = _camel(name.removeprefix("qti-"))
        for key, value in list(element.attrib.items()):
            if "-" in str(key) and not str(key).startswith(("data-", "{")):
                del element.attrib[key]
                element.set(_camel(str(key)), str(value))
    for body in _all(root, "contentBody"):
        _unwrap(body)
    return root


def _camel(name: str) -> str:
    return re.sub(r"-([a-z0-9])", lambda match: match[1].upper(), name)


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return [element for element in root.iter() if local(element) == name]


def _unwrap(element: etree._Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at, tail = parent.index(element), element.tail or ""
    children = list(element)
    _add_text(parent, at, element.text or "")
    for n, child in enumerate(children):
        parent.insert(at + n, child)
    parent.remove(element)
    _add_text(parent, at + len(children), tail)


def _add_text(parent: etree._Element, at: int, text: str) -> None:
    """Add text in front of the child that stands ``at`` a place."""
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _drop(element: etree._Element) -> None:
    """Take an element out, and leave the text behind it."""
    parent = element.getparent()
    if parent is not None:
        at, tail = parent.index(element), element.tail or ""
        parent.remove(element)
        _add_text(parent, at, tail)


def _said(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _take_rubric(draft: Draft, rubric: etree._Element) -> None:
    """Keep what learners are to read before they answer; a note for anybody else is told, never shown."""
    views = set((rubric.get("view") or "candidate").split())
    if "candidate" in views:
        rubric.tag = "div"
        rubric.attrib.clear()
        return
    for_whom = ", ".join(sorted(views))
    draft.lose(line_of(rubric), f"a note for others than learners ({for_whom}) is left out: '{_said(rubric)[:200]}'.")
    _drop(rubric)


def _place_feedback(draft: Draft, choices: dict[str, etree._Element], block: etree._Element) -> None:
    """Make a block that appears after an answer the feedback of the choice that it is for."""
    name = block.get("identifier", "")
    choice = choices.get(name)
    if choice is None or block.get("showHide", "show") != "show":
        words = f"'{_said(block)[:200]}'"
        draft.lose(line_of(block), f"text that appears after an answer ('{name}') is left out: {words}.", "Add it.")
        _drop(block)
        return
    _drop(block)
    block.tag, block.tail = "feedbackInline", None
    choice.append(block)


def _name_feedback(choices: dict[str, etree._Element], taken: set[str], feedback: etree._Element) -> None:
    """Give feedback the name by which the reader knows it, where its own name tells what it is for."""
    name = feedback.get("identifier", "")
    choice = choices.get(name)
    if feedback.get("showHide", "show") != "show" or name in ("correct", "incorrect", "any", "sample"):
        return
    if choice is not None:
        _drop(feedback)
        feedback.tag, feedback.tail = "feedbackInline", None
        choice.append(feedback)
        return
    for known, pattern in _MEANT.items():
        if known not in taken and pattern.search(name):
            feedback.set("identifier", known)
            taken.add(known)
            return


def _find_right_answers(root: etree._Element) -> None:
    """Put right answers that stand only in the processing into their declarations.

    Raises ValueError where a question is scored, and what is right is not said by a plain comparison.
    """
    for declaration in _all(root, "responseDeclaration"):
        if any(local(child) in ("correctResponse", "mapping", "areaMapping") for child in declaration):
            continue
        name = declaration.get("identifier", "")
        right = list(dict.fromkeys(value for test in _tests(root, name) for value in _compared(test)))
        if right:
            _declare_right(declaration, right)
        elif _scores_by(root, name):
            raise ValueError("what is right is computed, and not by a plain comparison")


def _declare_right(declaration: etree._Element, right: list[str]) -> None:
    correct = etree.SubElement(declaration, "correctResponse")
    for value in right:
        etree.SubElement(correct, "value").text = value


def _tests(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the comparisons of a response that, when they hold, earn points, and alone decide."""
    for branch in (*_all(root, "responseIf"), *_all(root, "responseElseIf")):
        test = next((child for child in branch if local(child)), None)
        if test is not None and _earned(branch) > 0 and _variables(test) == {name}:
            yield test


def _compared(test: etree._Element) -> Iterator[str]:
    """Yield the values that a comparison asks for, where it asks for nothing else."""
    plain = ("match", "equal", "stringMatch", "member", "contains", "variable", "baseValue", "multiple", "ordered")
    if {local(each) for each in test.iter()} - {*plain, "or", ""} or local(test) == "ordered":
        return
    for value in _all(test, "baseValue"):
        yield (value.text or "").strip()


def _earned(branch: etree._Element) -> float:
    """Return the points that a branch sets."""
    for outcome in _all(branch, "setOutcomeValue"):
        if outcome.get("identifier") in _RIGHT:
            for value in _all(outcome, "baseValue"):
                return _number(value.text)
    return 0.0


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        return 0.0


def _variables(test: etree._Element) -> set[str]:
    return {variable.get("identifier", "") for variable in _all(test, "variable")}


def _scores_by(root: etree._Element, name: str) -> bool:
    """Tell whether the processing looks at a response to set points."""
    return any(
        name in _variables(condition)
        and any(outcome.get("identifier") in _RIGHT for outcome in _all(condition, "setOutcomeValue"))
        for condition in _all(root, "responseCondition")
    )
