"""Writes IMS QTI 2.1 items (Assessment, Section and Item Information Model 2.1, 2012)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree, html

from sclt.locale import words
from sclt.model.course import (
    ChoiceQuestion,
    EssayQuestion,
    Gap,
    GapsQuestion,
    NumberQuestion,
    Option,
    PairsQuestion,
    Question,
    Range,
    TextQuestion,
)
from sclt.questions import type_of
from sclt.storage import safexml

NS = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_NSMAP: Any = {None: NS}
_FEEDBACK, _CHOSEN = "FEEDBACK", "CHOSEN"
_KEPT = ("src", "alt", "href", "id", "width", "height", "colspan", "rowspan", "scope")


def write_item(question: Question, language: str) -> bytes:
    """Return a question as an item; raises ValueError where QTI has no counterpart."""
    facts = {"identifier": question.id, "title": question.id, "adaptive": "false", "timeDependent": "false"}
    item = etree.Element(f"{{{NS}}}assessmentItem", facts, nsmap=_NSMAP)
    item.set(f"{{{safexml.XML}}}lang", language)
    for identifier, base, cardinality, values in _responses(question):
        declaration = _sub(item, "responseDeclaration", identifier=identifier, cardinality=cardinality, baseType=base)
        if values:
            correct = _sub(declaration, "correctResponse")
            for value in values[:1] if cardinality == "single" else values:
                _sub(correct, "value").text = value
    most = {"normalMaximum": f"{question.points:g}"} if question.points else {}
    _sub(item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float", **most)
    said = _modal(question)
    if said:
        _sub(item, "outcomeDeclaration", identifier=_FEEDBACK, cardinality="multiple", baseType="identifier")
    if _lines_speak(question):
        many = "multiple" if type_of(question).shape == "many" else "single"
        _sub(item, "outcomeDeclaration", identifier=_CHOSEN, cardinality=many, baseType="identifier")
    _fill(_sub(item, "itemBody"), question, words(language))
    _process(item, question, said)
    for identifier, markup in said.items():
        modal = _sub(item, "modalFeedback", outcomeIdentifier=_FEEDBACK, identifier=identifier, showHide="show")
        _into(modal, markup, question)
    return etree.tostring(item, xml_declaration=True, encoding="UTF-8")


def manifest(names: Sequence[str]) -> bytes:
    """Return the imsmanifest.xml of a package of items (QTI 2.1 content packaging)."""
    ns = "http://www.imsglobal.org/xsd/imscp_v1p1"
    namespaces: Any = {None: ns}
    root = etree.Element(f"{{{ns}}}manifest", {"identifier": "items"}, nsmap=namespaces)
    metadata = etree.SubElement(root, f"{{{ns}}}metadata")
    etree.SubElement(metadata, f"{{{ns}}}schema").text = "QTIv2.1 Package"
    etree.SubElement(metadata, f"{{{ns}}}schemaversion").text = "1.0.0"
    etree.SubElement(root, f"{{{ns}}}organizations")
    resources = etree.SubElement(root, f"{{{ns}}}resources")
    for name in names:
        facts = {"identifier": f"r-{name[:-4]}", "type": "imsqti_item_xmlv2p1", "href": name}
        etree.SubElement(etree.SubElement(resources, f"{{{ns}}}resource", facts), f"{{{ns}}}file", href=name)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _sub(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NS}}}{name}", attributes)


def _value(parent: etree._Element, base: str, value: str) -> None:
    _sub(parent, "baseValue", baseType=base).text = value


def _responses(question: Question) -> list[tuple[str, str, str, list[str]]]:
    """Return identifier, base type, cardinality and right values of each response."""
    kind = type_of(question)
    if kind.qti is None:
        raise ValueError(f"QTI has no {kind.name}")
    if isinstance(question, GapsQuestion):
        return [_gap_response(gap) for gap in question.gaps]
    return [("RESPONSE", kind.qti.base, kind.qti.cardinality, _right(question) if kind.scored else [])]


def _right(question: Question) -> list[str]:
    match question:
        case ChoiceQuestion():
            return [option.id for option in question.options if option.correct]
        case TextQuestion():
            return [option.text for option in question.options if option.correct]
        case NumberQuestion():
            return [f"{_middle(each):.10g}" for each in question.ranges if each.correct]
        case PairsQuestion():
            return [f"L-{pair.id} R-{pair.id}" for pair in question.pairs if pair.left]
        case _:
            return []


def _gap_response(gap: Gap) -> tuple[str, str, str, list[str]]:
    right = [o.id if gap.choose else o.text for o in gap.options if o.correct]
    return f"GAP-{gap.id}", "identifier" if gap.choose else "string", "single", right


def _middle(interval: Range) -> float:
    ends = [end for end in (interval.low, interval.high) if math.isfinite(end)]
    return sum(ends) / len(ends)


def _lines_speak(question: Question) -> bool:
    if not isinstance(question, ChoiceQuestion):
        return False
    kind = type_of(question)
    return kind.scored and kind.shape != "order" and any(option.feedback for option in question.options)


def _modal(question: Question) -> dict[str, str]:
    """Return what is said after an answer by the identifier that shows it."""
    said = {"correct": question.correct, "incorrect": question.incorrect}
    said = said if type_of(question).scored else {}
    said |= {"any": question.feedback, "sample": question.sample}
    return {identifier: markup for identifier, markup in said.items() if markup}


def _process(item: etree._Element, question: Question, said: dict[str, str]) -> None:
    """Write when an answer is right, what it earns, and which feedback shows (QTI 2.1, 8: response processing)."""
    scored = type_of(question).scored
    if not scored and not said:
        return
    processing = _sub(item, "responseProcessing")
    if scored:
        condition = _sub(processing, "responseCondition")
        right = _sub(condition, "responseIf")
        _test(right, question)
        _value(_sub(right, "setOutcomeValue", identifier="SCORE"), "float", f"{question.points:g}")
        wrong = _sub(condition, "responseElse")
        _value(_sub(wrong, "setOutcomeValue", identifier="SCORE"), "float", "0")
        _show(right, [i for i in ("correct", "any") if i in said])
        _show(wrong, [i for i in ("incorrect", "any") if i in said])
    else:
        _show(processing, list(said))
    if _lines_speak(question):
        _sub(_sub(processing, "setOutcomeValue", identifier=_CHOSEN), "variable", identifier="RESPONSE")


def _show(parent: etree._Element, identifiers: list[str]) -> None:
    if identifiers:
        several = _sub(_sub(parent, "setOutcomeValue", identifier=_FEEDBACK), "multiple")
        for identifier in identifiers:
            _value(several, "identifier", identifier)


def _test(parent: etree._Element, question: Question) -> None:
    tests = list(_tests(question))
    whole = _sub(parent, "and") if len(tests) > 1 else parent
    for ways in tests:
        among = _sub(whole, "or") if len(ways) > 1 else whole
        among.extend(ways)


def _tests(question: Question) -> Iterator[list[etree._Element]]:
    """Yield what all must be true; each as its alternatives."""
    match question:
        case GapsQuestion():
            for gap in question.gaps:
                name = f"GAP-{gap.id}"
                yield [_same(name)] if gap.choose else _texts(name, gap.options, question.case)
        case TextQuestion():
            yield _texts("RESPONSE", question.options, question.case)
        case NumberQuestion():
            yield [_between(r) for r in question.ranges if r.correct]
        case _:
            yield [_same("RESPONSE")]


def _same(identifier: str) -> etree._Element:
    match = etree.Element(f"{{{NS}}}match")
    _sub(match, "variable", identifier=identifier)
    _sub(match, "correct", identifier=identifier)
    return match


def _texts(identifier: str, options: Sequence[Option], case: bool) -> list[etree._Element]:
    ways = []
    for o in options:
        if o.correct:
            way = etree.Element(f"{{{NS}}}stringMatch", {"caseSensitive": str(case).lower()})
            _sub(way, "variable", identifier=identifier)
            _value(way, "string", o.text)
            ways.append(way)
    return ways


def _between(interval: Range) -> etree._Element:
    way = etree.Element(f"{{{NS}}}and")
    for name, end in (("gte", interval.low), ("lte", interval.high)):
        if math.isfinite(end):
            test = _sub(way, name)
            _sub(test, "variable", identifier="RESPONSE")
            _value(test, "float", f"{end:.10g}")
    return way


def _fill(body: etree._Element, question: Question, t: dict[str, str]) -> None:
    _into(_sub(body, "div"), question.prompt, question)
    match question:
        case ChoiceQuestion():
            _choices(body, question, t)
        case PairsQuestion():
            _matches(body, question)
        case EssayQuestion():
            _sub(body, "extendedTextInteraction", responseIdentifier="RESPONSE")
        case TextQuestion():
            _field(body)
        case NumberQuestion():
            _field(body).tail = f" {question.unit}" if question.unit else None


def _field(body: etree._Element) -> etree._Element:
    return _sub(_sub(body, "p"), "textEntryInteraction", responseIdentifier="RESPONSE")


def _choices(body: etree._Element, question: ChoiceQuestion, t: dict[str, str]) -> None:
    shape = type_of(question).shape
    ordered = shape == "order"
    most = {} if ordered else {"maxChoices": "0" if shape == "many" else "1"}
    facts = {"responseIdentifier": "RESPONSE", "shuffle": str(question.shuffle or ordered).lower(), **most}
    part = _sub(body, "orderInteraction" if ordered else "choiceInteraction", **facts)
    for o in question.options:
        choice = _sub(part, "simpleChoice", identifier=o.id)
        _into(choice, o.html or t[f"answer_{o.id}"], question)
        if o.feedback and _lines_speak(question):
            shown = {"outcomeIdentifier": _CHOSEN, "identifier": o.id, "showHide": "show"}
            _into(_sub(choice, "feedbackInline", **shown), _inline(o.feedback), question)


def _inline(markup: str) -> str:
    """Return feedback without its paragraphs: feedbackInline holds no block."""
    return " ".join(markup.replace("</p>", " ").replace("<p>", " ").split())


def _matches(body: etree._Element, question: PairsQuestion) -> None:
    part = _sub(body, "matchInteraction", responseIdentifier="RESPONSE", shuffle="true", maxAssociations="0")
    for side, rows in (("L", [p for p in question.pairs if p.left]), ("R", list(question.pairs))):
        group = _sub(part, "simpleMatchSet")
        for p in rows:
            choice = _sub(group, "simpleAssociableChoice", identifier=f"{side}-{p.id}", matchMax="1")
            _into(choice, p.left if side == "L" else p.right, question)


def _into(parent: etree._Element, markup: str, question: Question) -> None:
    """Put HTML into an element, its gaps as interactions."""
    gaps = {g.id: g for g in question.gaps} if isinstance(question, GapsQuestion) else {}
    for piece in html.fragments_fromstring(markup) if markup else ():
        if isinstance(piece, str):
            parent.text = (parent.text or "") + piece
        else:
            parent.append(_converted(piece, gaps))


def _converted(piece: etree._Element, gaps: dict[str, Gap]) -> etree._Element:
    gap = gaps.get(piece.get("data-gap", ""))
    if gap:
        name = "inlineChoiceInteraction" if gap.choose else "textEntryInteraction"
        made = etree.Element(f"{{{NS}}}{name}", {"responseIdentifier": f"GAP-{gap.id}"})
        for o in gap.options if gap.choose else ():
            _sub(made, "inlineChoice", identifier=o.id).text = o.text
        if gap.choose:
            made.set("shuffle", "false")
    else:
        allowed = {str(k): str(v) for k, v in piece.attrib.items() if k in _KEPT}
        made = etree.Element(f"{{{NS}}}{piece.tag}", allowed)
        made.text = piece.text
        made.extend(_converted(child, gaps) for child in piece if isinstance(child.tag, str))
    made.tail = piece.tail
    return made
