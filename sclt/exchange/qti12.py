"""Writes IMS QTI 1.2.1 assessments as Common Cartridge 1.3 profiles them (its section 4.10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from sclt.model.course import ChoiceQuestion, Option, Question, TextQuestion
from sclt.questions import type_of

_NS = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_NSMAP: Any = {None: _NS}
_RESPONSE = "response"


def write_assessment(
    name: str, title: str, questions: Sequence[Question], words: dict[str, str]
) -> tuple[bytes, list[tuple[Question, str]]]:
    """Return an assessment, and the questions that the profile has no type for, each with the reason.

    ``name`` is its identifier, ``words`` those of the questions' language (of which a true-false question needs two).
    """
    root = etree.Element(f"{{{_NS}}}questestinterop", nsmap=_NSMAP)
    assessment = _sub(root, "assessment", ident=name, title=title)
    _metadata(assessment, {"cc_profile": "cc.exam.v0p1", "qmd_assessmenttype": "Examination"})
    section = _sub(assessment, "section", ident="root_section")
    lost = []
    for question in questions:
        if type_of(question).cartridge:
            _item(section, question, words)
        else:
            lost.append((question, f"Common Cartridge has no {question.type}"))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8"), lost


def _sub(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_NS}}}{name}", attributes)
    element.text = text or None
    return element


def _metadata(parent: etree._Element, fields: dict[str, str]) -> None:
    metadata = _sub(parent, "qtimetadata")
    for label, entry in fields.items():
        field = _sub(metadata, "qtimetadatafield")
        _sub(field, "fieldlabel", label)
        _sub(field, "fieldentry", entry)


def _text(parent: etree._Element, markup: str) -> None:
    _sub(_sub(parent, "material"), "mattext", markup, texttype="text/html")


def _item(section: etree._Element, question: Question, words: dict[str, str]) -> None:
    item = _sub(section, "item", ident=question.id, title=question.text[:80])
    kind = type_of(question)
    profile = {"cc_profile": kind.cartridge}
    if not kind.scored:
        profile |= {"qmd_scoringpermitted": "Yes", "qmd_computerscored": "No"}
    _metadata(_sub(item, "itemmetadata"), profile)
    presentation = _sub(item, "presentation")
    _text(presentation, question.prompt)
    if isinstance(question, ChoiceQuestion):
        _choices(presentation, question, words)
    else:
        _sub(_sub(presentation, "response_str", ident=_RESPONSE, rcardinality="Single"), "render_fib")
    _process(item, question)
    for name, markup in _feedback(question).items():
        _text(_sub(_sub(item, "itemfeedback", ident=name), "flow_mat"), markup)


def _choices(presentation: etree._Element, question: ChoiceQuestion, words: dict[str, str]) -> None:
    kind = type_of(question)
    cardinality = "Multiple" if kind.shape == "many" else "Single"
    lid = _sub(presentation, "response_lid", ident=_RESPONSE, rcardinality=cardinality)
    render = _sub(lid, "render_choice", shuffle="Yes" if question.shuffle else "No")
    for option in question.options:
        markup = words[f"answer_{option.id}"] if option.id in kind.fixed else option.html
        _text(_sub(render, "response_label", ident=option.id), markup)


def _process(item: etree._Element, question: Question) -> None:
    """Say what is right and which feedback shows: first what shows for any answer, last what ends the search."""
    processing = _sub(item, "resprocessing")
    outcomes = _sub(processing, "outcomes")
    _sub(outcomes, "decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100")
    said = _feedback(question)
    if "any" in said:
        _shows(_always(processing), "any")
    for option in question.options if isinstance(question, ChoiceQuestion) else ():
        if (name := _of(option)) in said:
            _shows(_chosen(processing, option), name)
    if not type_of(question).scored:
        if "sample" in said:
            _shows(_always(processing), "sample")
        return
    right = _sub(processing, "respcondition", **{"continue": "No"})
    _condition(_sub(right, "conditionvar"), question)
    _sub(right, "setvar", "100", action="Set", varname="SCORE")
    if "correct" in said:
        _shows(right, "correct")
    if "incorrect" in said:
        _shows(_always(processing), "incorrect")


def _always(processing: etree._Element) -> etree._Element:
    condition = _sub(processing, "respcondition", **{"continue": "Yes"})
    _sub(_sub(condition, "conditionvar"), "other")
    return condition


def _chosen(processing: etree._Element, option: Option) -> etree._Element:
    condition = _sub(processing, "respcondition", **{"continue": "Yes"})
    _sub(_sub(condition, "conditionvar"), "varequal", option.id, respident=_RESPONSE)
    return condition


def _shows(condition: etree._Element, name: str) -> None:
    _sub(condition, "displayfeedback", feedbacktype="Response", linkrefid=name)


def _condition(variables: etree._Element, question: Question) -> None:
    """Say when an answer is right: one of the texts, the one option, or exactly the right options."""
    match question:
        case TextQuestion():
            for option in (option for option in question.options if option.correct):
                text = "".join(option.parts) or option.text  # a wildcard may stand for nothing
                _sub(variables, "varequal", text, respident=_RESPONSE, case="Yes" if question.case else "No")
        case ChoiceQuestion() if type_of(question).shape == "many":
            every = _sub(variables, "and")
            for option in question.options:
                parent = every if option.correct else _sub(every, "not")
                _sub(parent, "varequal", option.id, respident=_RESPONSE)
        case ChoiceQuestion():
            right = [option for option in question.options if option.correct]
            ways = _sub(variables, "or") if len(right) > 1 else variables
            for option in right:
                _sub(ways, "varequal", option.id, respident=_RESPONSE)


def _of(option: Option) -> str:
    return f"option-{option.id}"


def _feedback(question: Question) -> dict[str, str]:
    """Return what is said after an answer by its identifier."""
    kind = type_of(question)
    chosen = question.options if isinstance(question, ChoiceQuestion) and not kind.fixed else ()
    said = {_of(option): option.feedback for option in chosen}
    if not kind.scored:
        said |= {"any": question.feedback, "sample": question.sample}
    else:
        said |= {"any": question.feedback, "correct": question.correct, "incorrect": question.incorrect}
    return {name: markup for name, markup in said.items() if markup}
