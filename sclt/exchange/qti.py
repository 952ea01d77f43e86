"""IMS QTI 2.1 items (Information Model 2.1, 2012), read and written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree, html

from sclt.check.xmltext import parse
from sclt.course import Gap, Option, Pair, Question
from sclt.errors import Place, UsageError
from sclt.exchange.draft import Draft, Page, as_text, letter, line_of, option

NS = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"
_NSMAP: Any = {None: NS}


def is_item(content: bytes) -> bool:
    """Tell whether a file is a QTI 2 item."""
    return b"assessmentItem" in content[:4096] and b"imsqti_v2p" in content[:4096]


def read_item(name: str, title: str, content: bytes) -> Draft:
    """Read an item. Raises UsageError where its XML cannot be read; an unknown interaction is listed as lost."""
    xml = parse(name, content)
    if xml.root is None:
        raise UsageError(f"the XML cannot be read: {xml.fault}.", f"{name}:{xml.line}", "Export it anew.")
    draft = Draft(name, title)
    try:
        draft.pages.append(Page(title, "", (_question(name, xml.root),)))
    except ValueError as fault:
        draft.pages.append(Page(title))
        draft.lose(1, f"the item cannot be carried over: {fault}.", "Write it anew.")
    return draft


def _find(root: etree._Element, name: str) -> list[etree._Element]:
    return [e for e in root.iter() if isinstance(e.tag, str) and etree.QName(e).localname == name]


def _markup(element: etree._Element) -> str:
    """Return what an element holds as HTML without namespaces."""
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    for each in copy.iter():
        if isinstance(each.tag, str):
            each.tag = etree.QName(each).localname
    etree.cleanup_namespaces(copy)
    inner = etree.tostring(copy, encoding="unicode", with_tail=False)
    return inner[inner.index(">") + 1 : inner.rindex("</")].strip() if "</" in inner else ""


def _question(file: str, root: etree._Element) -> Question:
    bodies = _find(root, "itemBody")
    if not bodies:
        raise ValueError("it has no itemBody")
    body = bodies[0]
    right = {d.get("identifier", ""): _right(d) for d in _find(root, "responseDeclaration")}
    parts = [e for e in body.iter() if isinstance(e.tag, str) and etree.QName(e).localname.endswith("Interaction")]
    kinds = {etree.QName(e).localname for e in parts}
    if not kinds or (len(parts) > 1 and not kinds <= {"textEntryInteraction", "inlineChoiceInteraction"}):
        raise ValueError(f"its interactions ({', '.join(sorted(kinds)) or 'none'}) make no single question here")
    facts = _read(kinds.pop(), parts, right)
    for n, part in enumerate(parts):
        _replace(part, letter(n) if facts["type"] == "gaps" else "")
    prompts = "".join(_markup(p) for part in parts for p in _find(part, "prompt"))
    prompt = f"{_markup(body)}{prompts}".replace("/>", "></span>") if facts["type"] == "gaps" else _markup(body)
    prompt = prompt if facts["type"] == "gaps" else f"{prompt}{prompts}"
    if not as_text(prompt):
        raise ValueError("it asks nothing")
    name = root.get("title") or root.get("identifier") or "question"
    known: dict[str, Any] = {"id": name, "place": Place(file, line_of(body)), "prompt": prompt, "text": as_text(prompt)}
    return Question(**(known | facts))


def _right(declaration: etree._Element) -> list[str]:
    found = [(v.text or "").strip() for c in _find(declaration, "correctResponse") for v in _find(c, "value")]
    mapped = [e.get("mapKey", "") for e in _find(declaration, "mapEntry") if float(e.get("mappedValue", "0")) > 0]
    return found + [key for key in mapped if key not in found]


def _replace(part: etree._Element, gap: str) -> None:
    tail, parent = part.tail, part.getparent()
    span = etree.Element("span", {"data-gap": gap} if gap else {})
    span.tail = tail
    if parent is not None:
        parent.replace(part, span)


def _choices(part: etree._Element, name: str, right: list[str]) -> tuple[Option, ...]:
    rows = [(c, _feedback(c)) for c in _find(part, name)]
    return tuple(option(n, _markup(c), c.get("identifier") in right, said) for n, (c, said) in enumerate(rows))


def _feedback(choice: etree._Element) -> str:
    """Take the feedback out of a choice and return it."""
    said = ""
    for element in _find(choice, "feedbackInline"):
        said += _markup(element)
        _replace(element, "")
    return said


def _read(kind: str, parts: list[etree._Element], answers: dict[str, list[str]]) -> dict[str, Any]:
    part = parts[0]
    right = answers.get(part.get("responseIdentifier", ""), [])
    if kind == "choiceInteraction":
        options = _choices(part, "simpleChoice", right)
        several = part.get("maxChoices", "1") != "1"
        return {"type": "multiple-choice" if several else "single-choice", "options": options}
    if kind == "orderInteraction":
        by = {c.get("identifier"): _markup(c) for c in _find(part, "simpleChoice")}
        return {"type": "ordering", "options": tuple(option(n, by[i], True) for n, i in enumerate(right) if i in by)}
    if kind == "matchInteraction":
        by = {c.get("identifier"): _markup(c) for c in _find(part, "simpleAssociableChoice")}
        pairs = [(by.get(a, ""), by.get(b, "")) for a, _, b in (value.partition(" ") for value in right)]
        return {
            "type": "matching",
            "pairs": tuple(Pair(letter(n), a, as_text(a), b, as_text(b)) for n, (a, b) in enumerate(pairs)),
        }
    if kind == "extendedTextInteraction":
        return {"type": "long-answer", "points": 0.0}
    if kind in ("textEntryInteraction", "inlineChoiceInteraction"):
        return {"type": "gaps", "gaps": tuple(_gap(n, p, answers) for n, p in enumerate(parts))}
    raise ValueError(f"{kind} has no counterpart here")


def _gap(n: int, part: etree._Element, answers: dict[str, list[str]]) -> Gap:
    right = answers.get(part.get("responseIdentifier", ""), [])
    if etree.QName(part).localname == "inlineChoiceInteraction":
        return Gap(letter(n), _choices(part, "inlineChoice", right), True)
    return Gap(letter(n), tuple(Option(letter(m), "", word, True) for m, word in enumerate(right)))


def write_item(question: Question, language: str) -> bytes:
    """Return a question as an item; raises ValueError where QTI has no counterpart or sclt does not write it."""
    item = etree.Element(f"{{{NS}}}assessmentItem", nsmap=_NSMAP)
    for key, value in {"identifier": question.id, "title": question.id, "adaptive": "false"}.items():
        item.set(key, value)
    item.set("timeDependent", "false")
    item.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    body = etree.Element(f"{{{NS}}}itemBody")
    for identifier, base, cardinality, values in _responses(question):
        declaration = _sub(item, "responseDeclaration", identifier=identifier, cardinality=cardinality, baseType=base)
        if values:
            correct = _sub(declaration, "correctResponse")
            for value in values[:1] if cardinality == "single" else values:
                _sub(correct, "value").text = value
        if base == "string" and len(values) > 1:
            mapping = _sub(declaration, "mapping", defaultValue="0")
            for value in values:
                _sub(mapping, "mapEntry", mapKey=value, mappedValue="1")
    _sub(item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    item.append(body)
    _fill(body, question)
    if question.type not in ("gaps", "long-answer"):
        _sub(item, "responseProcessing", template=_TEMPLATES)
    return etree.tostring(item, xml_declaration=True, encoding="UTF-8", pretty_print=False)


def _sub(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NS}}}{name}", attributes)


def _responses(question: Question) -> list[tuple[str, str, str, list[str]]]:
    right = [o.id for o in question.options if o.correct]
    if question.type in ("single-choice", "true-false"):
        return [("RESPONSE", "identifier", "single", right)]
    if question.type in ("multiple-choice", "ordering"):
        cardinality = "ordered" if question.type == "ordering" else "multiple"
        return [("RESPONSE", "identifier", cardinality, right)]
    if question.type == "matching":
        pairs = [f"L-{p.id} R-{p.id}" for p in question.pairs if p.left]
        return [("RESPONSE", "directedPair", "multiple", pairs)]
    if question.type == "gaps":
        return [
            (f"GAP-{g.id}", "identifier" if g.choose else "string", "single", [o.id if g.choose else o.text
             for o in g.options if o.correct])
            for g in question.gaps
        ]  # fmt: skip
    if question.type == "long-answer":
        return [("RESPONSE", "string", "single", [])]
    raise ValueError(f"a question of type {question.type} is not written as QTI")


def _fill(body: etree._Element, question: Question) -> None:
    _into(_sub(body, "div"), question.prompt, question)
    if question.type in ("single-choice", "multiple-choice", "true-false", "ordering"):
        name = "orderInteraction" if question.type == "ordering" else "choiceInteraction"
        most = {} if question.type == "ordering" else {"maxChoices": "0" if question.type == "multiple-choice" else "1"}
        part = _sub(body, name, responseIdentifier="RESPONSE", shuffle=str(question.shuffle).lower(), **most)
        for o in question.options:
            _into(_sub(part, "simpleChoice", identifier=o.id), o.html or o.text or o.id, question)
    elif question.type == "matching":
        part = _sub(body, "matchInteraction", responseIdentifier="RESPONSE", shuffle="true", maxAssociations="0")
        for side, rows in (("L", [p for p in question.pairs if p.left]), ("R", list(question.pairs))):
            group = _sub(part, "simpleMatchSet")
            for p in rows:
                choice = _sub(group, "simpleAssociableChoice", identifier=f"{side}-{p.id}", matchMax="1")
                _into(choice, p.left if side == "L" else p.right, question)
    elif question.type == "long-answer":
        _sub(body, "extendedTextInteraction", responseIdentifier="RESPONSE")


def _into(parent: etree._Element, markup: str, question: Question) -> None:
    """Put HTML into an element, its gaps as interactions."""
    gaps = {g.id: g for g in question.gaps}
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
        allowed = {
            str(k): str(v) for k, v in piece.attrib.items() if k in ("src", "alt", "href", "id", "width", "height")
        }
        made = etree.Element(f"{{{NS}}}{piece.tag}", allowed)
        made.text = piece.text
        made.extend(_converted(child, gaps) for child in piece if isinstance(child.tag, str))
    made.tail = piece.tail
    return made


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
