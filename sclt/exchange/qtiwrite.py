"""Writes IMS QTI 2.1 items (Assessment, Section and Item Information Model 2.1, 2012)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from lxml import etree, html

from sclt.exchange.graded import shares
from sclt.exchange.qtichain import ANSWER, as_pattern
from sclt.exchange.qtipictures import write_areas, write_places
from sclt.locale import words
from sclt.model.course import (
    AreasQuestion,
    ChoiceQuestion,
    EssayQuestion,
    Gap,
    GapsQuestion,
    NumberQuestion,
    Option,
    PairsQuestion,
    PlacesQuestion,
    Question,
    Range,
    TextQuestion,
    earned,
)
from sclt.questions import type_of
from sclt.questions.answers import digits
from sclt.storage import safexml

MATHML = "http://www.w3.org/1998/Math/MathML"
NS = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_NSMAP: Any = {None: NS}
_FEEDBACK, _CHOSEN = "FEEDBACK", "CHOSEN"
_KEPT = ("src", "alt", "href", "id", "width", "height", "colspan", "rowspan", "scope")


class Packaging(NamedTuple):
    """What a version of QTI says in the manifest of a package: namespace, schema and its version, type of an item."""

    namespace: str
    schema: str
    version: str
    item: str


PACKAGE = Packaging("http://www.imsglobal.org/xsd/imscp_v1p1", "QTIv2.1 Package", "1.0.0", "imsqti_item_xmlv2p1")


def write_item(question: Question, language: str) -> bytes:
    """Return a question as an item of QTI 2.1; raises ValueError where QTI has no counterpart."""
    return etree.tostring(make_item(question, language), xml_declaration=True, encoding="UTF-8")


def make_item(question: Question, language: str) -> etree._Element:
    """Return a question as the element of an item; raises ValueError where QTI has no counterpart."""
    facts = {"identifier": question.id, "title": question.id, "adaptive": "false", "timeDependent": "false"}
    item = etree.Element(f"{{{NS}}}assessmentItem", facts, nsmap=_NSMAP)
    item.set(f"{{{safexml.XML}}}lang", language)
    practice = type_of(question).scored and not question.points
    question = msgspec.structs.replace(question, points=1.0) if practice else question
    for response in _responses(question):
        _declare(item, response)
    most = {"normalMaximum": digits(question.points)} if question.points and not practice else {}
    _sub(item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float", **most)
    if practice:
        _declare_nothing(item)
    said = _modal(question)
    if said:
        _sub(item, "outcomeDeclaration", identifier=_FEEDBACK, cardinality="multiple", baseType="identifier")
    if _lines_speak(question):
        many = "multiple" if type_of(question).shape == "many" else "single"
        _sub(item, "outcomeDeclaration", identifier=_CHOSEN, cardinality=many, baseType="identifier")
    _fill(_sub(item, "itemBody"), question, words(language))
    _process(item, question, said)
    if practice:
        _score(item[-1], 0)
    for identifier, markup in said.items():
        modal = _sub(item, "modalFeedback", outcomeIdentifier=_FEEDBACK, identifier=identifier, showHide="show")
        _into(modal, markup, question)
    return item


def _declare_nothing(item: etree._Element) -> None:
    """Say that an item earns nothing: its processing tells right from wrong as if for a point, and then sets 0."""
    most = _sub(item, "outcomeDeclaration", identifier="MAXSCORE", cardinality="single", baseType="float")
    _sub(_sub(most, "defaultValue"), "value").text = "0"


def manifest(items: dict[str, list[str]], packaging: Packaging = PACKAGE) -> bytes:
    """Return the imsmanifest.xml of a package of items, each with its pictures (QTI content packaging)."""
    ns = packaging.namespace
    namespaces: Any = {None: ns}
    root = etree.Element(f"{{{ns}}}manifest", {"identifier": "items"}, nsmap=namespaces)
    metadata = etree.SubElement(root, f"{{{ns}}}metadata")
    etree.SubElement(metadata, f"{{{ns}}}schema").text = packaging.schema
    etree.SubElement(metadata, f"{{{ns}}}schemaversion").text = packaging.version
    etree.SubElement(root, f"{{{ns}}}organizations")
    resources = etree.SubElement(root, f"{{{ns}}}resources")
    for name, pictures in items.items():
        facts = {"identifier": f"r-{name[:-4]}", "type": packaging.item, "href": name}
        resource = etree.SubElement(resources, f"{{{ns}}}resource", facts)
        for file in (name, *pictures):
            etree.SubElement(resource, f"{{{ns}}}file", href=file)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _declare(item: etree._Element, response: _Response) -> None:
    """Declare a response, what is right, and the points for each value where those are a part."""
    name, base, cardinality, values, mapped = response
    declaration = _sub(item, "responseDeclaration", identifier=name, cardinality=cardinality, baseType=base)
    if values:
        correct = _sub(declaration, "correctResponse")
        for value in values[:1] if cardinality == "single" else values:
            _sub(correct, "value").text = value
    if mapped:
        most = max(mapped.values()) if cardinality == "single" else sum(each for each in mapped.values() if each > 0)
        bounds = {"lowerBound": "0", "upperBound": _points(most), "defaultValue": "0"}
        mapping = _sub(declaration, "mapping", **bounds)
        for key, points in mapped.items():
            _sub(mapping, "mapEntry", mapKey=key, mappedValue=_points(points))


def _points(points: float) -> str:
    """Return points as text, a third with enough digits that three of them make a whole."""
    return digits(round(points, 9))


def _sub(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NS}}}{name}", attributes)


def _value(parent: etree._Element, base: str, value: str) -> None:
    _sub(parent, "baseValue", baseType=base).text = value


class _Response(NamedTuple):
    """A response: identifier, base type, cardinality, right values, and points by value where those are a part."""

    name: str
    base: str
    cardinality: str
    right: list[str]
    mapped: dict[str, float]


def _responses(question: Question) -> list[_Response]:
    """Return the responses of a question."""
    kind = type_of(question)
    if kind.qti is None:
        raise ValueError(f"QTI has no {kind.name}")
    if isinstance(question, GapsQuestion):
        return [_gap_response(gap) for gap in question.gaps]
    right, mapped = (_right(question), _mapped(question)) if kind.scored else ([], {})
    return [_Response("RESPONSE", kind.qti.base, kind.qti.cardinality, right, mapped)]


def _mapped(question: Question) -> dict[str, float]:
    """Return the points of each value, where a part of what is right earns points."""
    match question:
        case ChoiceQuestion() if type_of(question).shape == "many" and question.partial:
            earns = zip(question.options, shares(question.options), strict=True)
        case ChoiceQuestion() if type_of(question).shape == "one" and any(o.credit for o in question.options):
            earns = zip(question.options, map(earned, question.options), strict=True)
        case PairsQuestion() if question.partial:
            return dict.fromkeys(_right(question), question.points / len(_right(question)))
        case _:
            return {}
    return {option.id: share * question.points for option, share in earns if share}


def _right(question: Question) -> list[str]:
    match question:
        case ChoiceQuestion():
            return [option.id for option in question.options if option.correct]
        case TextQuestion():
            return ["".join(option.parts) or option.text for option in question.options if option.correct]
        case NumberQuestion():
            return [digits(_middle(each)) for each in question.ranges if each.correct]
        case PairsQuestion():
            known = _rights(question)
            both = ((f"L-{pair.id}", f"R-{known[pair.right]}") for pair in question.pairs if pair.left)
            # a label goes to a place, a left side has a right one
            return [" ".join(reversed(pair) if isinstance(question, PlacesQuestion) else pair) for pair in both]
        case _:
            return []


def _rights(question: PairsQuestion) -> dict[str, str]:
    """Return the identifier of each right side; equal ones are one, so that any of them is right."""
    known: dict[str, str] = {}
    for pair in question.pairs:
        known.setdefault(pair.right, pair.id)
    return known


def _gap_response(gap: Gap) -> _Response:
    right = [o.id if gap.choose else o.text for o in gap.options if o.correct]
    return _Response(f"GAP-{gap.id}", "identifier" if gap.choose else "string", "single", right, {})


def _middle(interval: Range) -> float:
    ends = [end for end in (interval.low, interval.high) if math.isfinite(end)]
    return sum(ends) / len(ends)


def _lines_speak(question: Question) -> bool:
    if not isinstance(question, ChoiceQuestion) or isinstance(question, AreasQuestion):
        return False
    kind = type_of(question)
    return kind.scored and kind.shape != "order" and any(option.feedback for option in question.options)


def _modal(question: Question) -> dict[str, str]:
    """Return what is said after an answer by the identifier that shows it."""
    said = {"correct": question.correct, "incorrect": question.incorrect}
    said = said if type_of(question).scored else {}
    said |= {"any": question.feedback, "sample": question.sample}
    said |= {ANSWER + line.id: line.feedback for line in _lines(question)}
    return {identifier: markup for identifier, markup in said.items() if markup}


def _process(item: etree._Element, question: Question, said: dict[str, str]) -> None:
    """Write when an answer is right, what it earns, and which feedback shows (QTI 2.1, 8: response processing)."""
    scored = type_of(question).scored
    if not scored and not said:
        return
    processing = _sub(item, "responseProcessing")
    if not scored:
        _show(processing, list(said))
    elif isinstance(question, TextQuestion | NumberQuestion):
        _chain(processing, question, said)
    else:
        _judge(processing, question, said)
    if _lines_speak(question):
        _sub(_sub(processing, "setOutcomeValue", identifier=_CHOSEN), "variable", identifier="RESPONSE")


def _judge(processing: etree._Element, question: Question, said: dict[str, str]) -> None:
    """Write when an answer is wholly right; it alone earns points, or parts do so for themselves."""
    parts = _mapped(question) or (isinstance(question, GapsQuestion) and question.partial and len(question.gaps) > 1)
    if _mapped(question):
        _sub(_sub(processing, "setOutcomeValue", identifier="SCORE"), "mapResponse", identifier="RESPONSE")
    elif parts and isinstance(question, GapsQuestion):
        _sum_up(processing, question)
    condition = _sub(processing, "responseCondition")
    right = _sub(condition, "responseIf")
    _test(right, question)
    wrong = _sub(condition, "responseElse")
    if not parts:
        _score(right, question.points)
        _score(wrong, 0)
    _show(right, [i for i in ("correct", "any") if i in said])
    _show(wrong, [i for i in ("incorrect", "any") if i in said])
    if len(right) + len(wrong) == 1:
        processing.remove(condition)


def _score(branch: etree._Element, points: float) -> None:
    _value(_sub(branch, "setOutcomeValue", identifier="SCORE"), "float", _points(points))


def _sum_up(processing: etree._Element, question: GapsQuestion) -> None:
    """Add up the points of each gap."""
    for ways in _tests(question):
        branch = _sub(_sub(processing, "responseCondition"), "responseIf")
        (_sub(branch, "or") if len(ways) > 1 else branch).extend(ways)
        total = _sub(_sub(branch, "setOutcomeValue", identifier="SCORE"), "sum")
        _sub(total, "variable", identifier="SCORE")
        _value(total, "float", _points(question.points / len(question.gaps)))


def _chain(processing: etree._Element, question: TextQuestion | NumberQuestion, said: dict[str, str]) -> None:
    """Write a branch for each answer in turn: the first that is met counts."""
    condition = _sub(processing, "responseCondition")
    for n, line in enumerate(_lines(question)):
        branch = _sub(condition, "responseElseIf" if n else "responseIf")
        branch.append(_between(line) if isinstance(line, Range) else _written(line, question))
        _score(branch, earned(line) * question.points)
        result = "correct" if earned(line) == 1 else "incorrect"
        _show(branch, [i for i in (ANSWER + line.id, result, "any") if i in said])
    other = _sub(condition, "responseElse")
    _score(other, 0)
    _show(other, [i for i in ("incorrect", "any") if i in said])


def _lines(question: Question) -> Sequence[Option | Range]:
    match question:
        case TextQuestion():
            return question.options
        case NumberQuestion():
            return question.ranges
        case _:
            return ()


def _written(option: Option, question: Question) -> etree._Element:
    """Return the test of a text that is typed."""
    case = isinstance(question, TextQuestion) and question.case
    if not option.parts:
        return _texts("RESPONSE", [option], case)[0]
    way = etree.Element(f"{{{NS}}}patternMatch", {"pattern": as_pattern(option.parts, case)})
    _sub(way, "variable", identifier="RESPONSE")
    return way


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
        case ChoiceQuestion() if type_of(question).shape == "one":
            yield [_chosen(option) for option in question.options if option.correct]
        case _:
            yield [_same("RESPONSE")]


def _chosen(option: Option) -> etree._Element:
    match = etree.Element(f"{{{NS}}}match")
    _sub(match, "variable", identifier="RESPONSE")
    _value(match, "identifier", option.id)
    return match


def _same(identifier: str) -> etree._Element:
    match = etree.Element(f"{{{NS}}}match")
    _sub(match, "variable", identifier=identifier)
    _sub(match, "correct", identifier=identifier)
    return match


def _texts(identifier: str, options: Sequence[Option], case: bool) -> list[etree._Element]:
    ways = []
    for o in options:
        if o.correct or len(options) == 1:
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
            _value(test, "float", digits(end))
    return way


def _fill(body: etree._Element, question: Question, t: dict[str, str]) -> None:
    _into(_sub(body, "div"), question.prompt, question)
    match question:
        case AreasQuestion():
            write_areas(body, question)
        case PlacesQuestion():
            write_places(body, question, _rights(question))
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
    part = _sub(body, "orderInteraction" if ordered else "choiceInteraction", **facts, **_named(question))
    for o in question.options:
        choice = _sub(part, "simpleChoice", identifier=o.id, **({"fixed": "true"} if o.fixed else {}))
        _into(choice, o.html or t[f"answer_{o.id}"], question)
        if o.feedback and _lines_speak(question):
            shown = {"outcomeIdentifier": _CHOSEN, "identifier": o.id, "showHide": "show"}
            _into(_sub(choice, "feedbackInline", **shown), _inline(o.feedback), question)


def _named(question: Question) -> dict[str, str]:
    """Return what tells our own reader that an interaction is asked in a special way; others ignore it."""
    kind = type_of(question)
    return {"class": kind.name} if kind.special else {}


def _inline(markup: str) -> str:
    """Return feedback without its paragraphs: feedbackInline holds no block."""
    return " ".join(markup.replace("</p>", " ").replace("<p>", " ").split())


def _matches(body: etree._Element, question: PairsQuestion) -> None:
    facts = {"responseIdentifier": "RESPONSE", "shuffle": str(question.shuffle).lower(), "maxAssociations": "0"}
    part, known = _sub(body, "matchInteraction", **facts, **_named(question)), _rights(question)
    lefts, rights = _sub(part, "simpleMatchSet"), _sub(part, "simpleMatchSet")
    for p in question.pairs:
        if p.left:
            _into(_sub(lefts, "simpleAssociableChoice", identifier=f"L-{p.id}", matchMax="1"), p.left, question)
    for markup, name in known.items():
        uses = sum(p.right == markup and bool(p.left) for p in question.pairs)
        choice = _sub(rights, "simpleAssociableChoice", identifier=f"R-{name}", matchMax=str(max(1, uses)))
        _into(choice, markup, question)


def _into(parent: etree._Element, markup: str, question: Question) -> None:
    """Put HTML into an element, its gaps as interactions."""
    gaps = {g.id: g for g in question.gaps} if isinstance(question, GapsQuestion) else {}
    for piece in html.fragments_fromstring(markup) if markup else ():
        if isinstance(piece, str):
            parent.text = (parent.text or "") + piece
        else:
            parent.append(_converted(piece, gaps))


def _mathml(piece: etree._Element) -> etree._Element:
    """Return a formula in its own namespace (QTI 2.1, 3.3: MathML may stand wherever text may)."""
    made = etree.Element(f"{{{MATHML}}}{piece.tag}", {str(k): str(v) for k, v in piece.attrib.items() if k != "xmlns"})
    made.text = piece.text
    for child in piece:
        part = _mathml(child)
        part.tail = child.tail
        made.append(part)
    return made


def _converted(piece: etree._Element, gaps: dict[str, Gap]) -> etree._Element:
    gap = gaps.get(piece.get("data-gap", ""))
    if piece.tag == "math":
        made = _mathml(piece)
    elif gap:
        name = "inlineChoiceInteraction" if gap.choose else "textEntryInteraction"
        made = etree.Element(f"{{{NS}}}{name}", {"responseIdentifier": f"GAP-{gap.id}"})
        for o in gap.options if gap.choose else ():
            _sub(made, "inlineChoice", identifier=o.id).text = o.text
        if gap.choose:
            made.set("shuffle", "false")
    else:
        allowed = {str(k): str(v) for k, v in piece.attrib.items() if k in _KEPT}
        made = etree.Element(f"{{{NS}}}{piece.tag}", allowed)
        if piece.get("lang"):
            made.set(f"{{{safexml.XML}}}lang", str(piece.get("lang")))
        made.text = piece.text
        made.extend(_converted(child, gaps) for child in piece if isinstance(child.tag, str))
    made.tail = piece.tail
    return made
