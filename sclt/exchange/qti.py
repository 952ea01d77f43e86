"""Reads IMS QTI 2.1 items (Assessment, Section and Item Information Model 2.1, 2012)."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from sclt.errors import Place, UsageError
from sclt.exchange.draft import Draft, Page, as_text, line_of, option
from sclt.exchange.fidelity import questions_of
from sclt.exchange.formats import Format, Reader, Writer, content, left_behind
from sclt.exchange.graded import Row, chosen, number
from sclt.exchange.qtichain import ANSWER, branches, ends, number_of, options, ranges, worth
from sclt.exchange.qtiforms import prepared
from sclt.exchange.qtipictures import read_areas, read_places
from sclt.exchange.qtiwrite import PACKAGE, Packaging, manifest, write_item
from sclt.model.course import Gap, Module, Option, Pair, Question, Range, place_letter
from sclt.model.finding import Finding
from sclt.model.site import Content
from sclt.questions import TYPES, make
from sclt.storage import safexml
from sclt.storage.archive import write_zip
from sclt.storage.cache import Cache
from sclt.validation.read.xmltext import parse

_SAID = {"correct": "correct", "incorrect": "incorrect", "any": "feedback", "sample": "sample"}
"""Where modal feedback goes, by its identifier."""
_FIELD, _MENU = "textEntryInteraction", "inlineChoiceInteraction"


def is_item(content: bytes) -> bool:
    """Tell by its beginning whether a file is an item of QTI 2 or 3."""
    return safexml.first_tag(content).rpartition("}")[2] in ("assessmentItem", "qti-assessment-item")


def read_item(name: str, title: str, content: bytes) -> Draft:
    """Read an item. Raises UsageError where its XML cannot be read; an unknown interaction is listed as lost."""
    xml = parse(name, content)
    if xml.root is None:
        raise UsageError(f"the XML cannot be read: {xml.fault}.", f"{name}:{xml.line}", "Export it anew.")
    draft = Draft(name, title)
    try:
        root = prepared(draft, xml.root)
        draft.pages.append(Page(title, "", (_question(draft, root),)))
        for element in _find(root, "modalFeedback"):
            if element.get("identifier") not in _SAID and not _of_answer(element):
                said = (
                    f"feedback '{element.get('identifier')}' has no counterpart: '{as_text(_markup(element))[:200]}'."
                )
                draft.lose(line_of(element), said, "Add it.")
    except ValueError as fault:
        draft.pages.append(Page(title))
        draft.lose(1, f"the item cannot be carried over: {fault}.", "Write it anew.")
    return draft


def _find(root: etree._Element, name: str) -> list[etree._Element]:
    return [e for e in root.iter() if isinstance(e.tag, str) and etree.QName(e).localname == name]


def _markup(element: etree._Element) -> str:
    """Return what an element holds as HTML without namespaces."""
    copy = safexml.parse(etree.tostring(element, with_tail=False))
    for each in copy.iter():
        if isinstance(each.tag, str):
            each.tag = etree.QName(each).localname
    etree.cleanup_namespaces(copy)
    inner = etree.tostring(copy, encoding="unicode", with_tail=False)
    return inner[inner.index(">") + 1 : inner.rindex("</")].strip() if "</" in inner else ""


def _of_answer(feedback: etree._Element) -> bool:
    """Tell whether feedback is on one answer of several, which the reader of answers takes."""
    return feedback.get("identifier", "").startswith(ANSWER)


def _question(draft: Draft, root: etree._Element) -> Question:
    bodies = _find(root, "itemBody")
    if not bodies:
        raise ValueError("it has no itemBody")
    body = bodies[0]
    declared = {d.get("identifier", ""): d for d in _find(root, "responseDeclaration")}
    right = {identifier: _right(declaration) for identifier, declaration in declared.items()}
    parts = [e for e in body.iter() if isinstance(e.tag, str) and etree.QName(e).localname.endswith("Interaction")]
    kinds = {etree.QName(e).localname for e in parts}
    if not kinds or (len(parts) > 1 and not kinds <= {_FIELD, _MENU}):
        raise ValueError(f"its interactions ({', '.join(sorted(kinds)) or 'none'}) make no single question here")
    if kinds == {_FIELD} and _alone(parts):
        facts = _field(root, parts[0], declared.get(parts[0].get("responseIdentifier", "")))
    else:
        facts = _read(draft, root, kinds.pop(), parts, _with_matched(root, right))
    in_text = TYPES[facts["type"]].in_text
    for n, part in enumerate(parts):
        _replace(part, place_letter(n) if in_text else "")
    prompt = _markup(body) + "".join(_markup(p) for part in parts for p in _find(part, "prompt"))
    prompt = prompt.replace("/>", "></span>") if in_text else prompt
    if not as_text(prompt):
        raise ValueError("it asks nothing")
    name = root.get("title") or root.get("identifier") or "question"
    known: dict[str, Any] = {
        "id": name,
        "place": Place(draft.file, line_of(body)),
        "prompt": prompt,
        "text": as_text(prompt),
    }
    return make(**(known | _outcomes(root) | facts))


def _outcomes(root: etree._Element) -> dict[str, Any]:
    """Return points and what is said after an answer."""
    said = {_SAID[i]: text for i, text in _feedbacks(root).items() if i in _SAID}
    return said | {"points": 0.0 if _is_practice(root) else _most(root)}


def _feedbacks(root: etree._Element) -> dict[str, str]:
    return {e.get("identifier", ""): _markup(e) for e in _find(root, "modalFeedback")}


def _is_practice(root: etree._Element) -> bool:
    """Tell whether an item says that nothing can be earned by it."""
    declared = [d for d in _find(root, "outcomeDeclaration") if d.get("identifier") == "MAXSCORE"]
    said = [_text(each, "value").strip() for each in declared]
    return any(said) and all(number_of(each) == 0 for each in said)


def _most(root: etree._Element) -> float:
    """Return the points of an item: what it says itself (MAXSCORE, normalMaximum), else the most that it can give."""
    declared = {d.get("identifier", ""): d for d in _find(root, "outcomeDeclaration")}
    said = [number_of(_text(declared["MAXSCORE"], "value"))] if "MAXSCORE" in declared else []
    said += [number_of(declared["SCORE"].get("normalMaximum"))] if "SCORE" in declared else []
    said += [sum(map(_most_of, _find(root, "responseDeclaration")))] if _uses_mapping(root) else []
    said += [branch.points for branch in branches(root)]
    return next((points for points in said if points > 0), 1.0)


def _most_of(declaration: etree._Element) -> float:
    """Return the most that a mapping gives: of a single value the best one, else all that give something."""
    points = [each for each in _mapping(declaration).values() if each > 0]
    return max(points, default=0.0) if declaration.get("cardinality") == "single" else sum(points)


def _mapping(declaration: etree._Element) -> dict[str, float]:
    """Return the points of values (QTI 2.1, 4.2: mapping)."""
    return {e.get("mapKey", ""): number_of(e.get("mappedValue")) for e in _find(declaration, "mapEntry")}


def _uses_mapping(root: etree._Element) -> bool:
    """Tell whether points come from a mapping: by a rule of the item or by the standard's template."""
    templates = (e.get("template", "") for e in _find(root, "responseProcessing"))
    return bool(_find(root, "mapResponse")) or any("map_response" in each for each in templates)


def _alone(parts: list[etree._Element]) -> bool:
    """Tell whether a field stands by itself, not in a sentence: then it is the answer, no gap."""
    around = parts[0].getparent()
    return len(parts) == 1 and around is not None and len(around) == 1 and not (around.text or "").strip()


def _field(root: etree._Element, part: etree._Element, declaration: etree._Element | None) -> dict[str, Any]:
    unit, part.tail = (part.tail or "").strip(), None
    right = [] if declaration is None else _right(declaration)
    mapped = _mapping(declaration) if declaration is not None and _uses_mapping(root) else {}
    most, said, found = _most(root), _feedbacks(root), branches(root)
    if declaration is not None and declaration.get("baseType") in ("float", "integer"):
        between = ranges(found, most, said) or _ranges(root) or _exactly(mapped or dict.fromkeys(right, most), most)
        return {"type": _asked_by(_FIELD, shape="number"), "unit": unit, "ranges": tuple(between)}
    typed = options(found, most, said) if found else None
    if typed is None:
        texts = [text for text in _matched(root).get("RESPONSE", []) if text not in right]
        typed = _of_values((mapped or dict.fromkeys(right, most)) | dict.fromkeys(texts, most), most), False
    return {"type": _asked_by(_FIELD, shape="text"), "options": tuple(typed[0]), "case": typed[1]}


def _of_values(values: dict[str, float], most: float) -> list[Option]:
    """Return texts, each with its points, as answers."""
    made = []
    for n, (text, points) in enumerate(values.items()):
        right, credit = worth(points / most)
        made.append(Option(place_letter(n), html.escape(text, quote=False), text, right, credit=credit))
    return made


def _asked_by(interaction: str, **facts: Any) -> str:
    """Return the name of the type with these facts that QTI asks so. Raises ValueError where there is none."""
    for name, kind in TYPES.items():
        asked = kind.qti and kind.qti.interaction == interaction
        if asked and all(getattr(kind, fact) == value for fact, value in facts.items()):
            return name
    raise ValueError(f"{interaction} has no counterpart here")


def _exactly(values: dict[str, float], most: float) -> list[Range]:
    """Return numbers, each with its points, as answers."""
    made = []
    for n, (text, points) in enumerate(values.items()):
        right, credit = worth(points / most)
        made.append(Range(place_letter(n), float(number(text)), float(number(text)), right, credit=credit))
    return made


def _ranges(root: etree._Element) -> list[Range]:
    """Return what ``gte`` and ``lte`` tests stand together for, wherever they stand."""
    found = (between for test in _find(root, "and") if (between := ends(test)))
    return [Range(place_letter(n), *between) for n, between in enumerate(found)]


def _matched(root: etree._Element) -> dict[str, list[str]]:
    """Return the texts that response processing compares with, by response."""
    found: dict[str, list[str]] = {}
    for test in _find(root, "stringMatch"):
        for variable in _find(test, "variable"):
            found.setdefault(variable.get("identifier", ""), []).append(_text(test, "baseValue"))
    return found


def _with_matched(root: etree._Element, right: dict[str, list[str]]) -> dict[str, list[str]]:
    matched = _matched(root)
    return {i: values + [m for m in matched.get(i, []) if m not in values] for i, values in right.items()}


def _text(element: etree._Element, name: str) -> str:
    return next(((e.text or "").strip() for e in _find(element, name)), "")


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


def _choice(draft: Draft, root: etree._Element, part: etree._Element, right: list[str]) -> dict[str, Any]:
    """Return a choice: what its options earn, whether they are mixed, and which keep their place."""
    shuffled = {"shuffle": part.get("shuffle") == "true"}
    declared = (d for d in _find(root, "responseDeclaration") if d.get("identifier") == part.get("responseIdentifier"))
    mapped = _mapping(next(declared, etree.Element("none"))) if _uses_mapping(root) else {}
    name = _kind_of_choice(part, right)
    kind = TYPES[name]
    if not kind.scored or kind.fixed:
        return {"type": name, "options": _choices(part, "simpleChoice", right)}
    most = _most(root)
    values = mapped or dict.fromkeys(right, most)
    rows = [_row(choice, values, most) for choice in _find(part, "simpleChoice")]
    if kind.shape == "many" and not mapped:
        return {"type": name, "options": _choices_of(rows), "partial": False} | shuffled
    special = {"type": name} if kind.special else {}
    return chosen(draft, rows, single=kind.shape == "one") | shuffled | special


def _row(choice: etree._Element, values: dict[str, float], most: float) -> Row:
    share = round(values.get(choice.get("identifier", ""), 0.0) / most, 7)
    said = _feedback(choice)
    return Row(share, _markup(choice), said, line_of(choice), choice.get("fixed") == "true")


def _choices_of(rows: list[Row]) -> tuple[Option, ...]:
    """Return options of which all that are right, and no other, are to be chosen."""
    made = [option(n, row.html, row.share > 0, row.feedback) for n, row in enumerate(rows)]
    return tuple(msgspec.structs.replace(o, fixed=row.fixed) for o, row in zip(made, rows, strict=True))


def _feedback(choice: etree._Element) -> str:
    """Take the feedback out of a choice and return it."""
    said = ""
    for element in _find(choice, "feedbackInline"):
        said += _markup(element)
        _replace(element, "")
    return said


def _read(
    draft: Draft, root: etree._Element, kind: str, parts: list[etree._Element], answers: dict[str, list[str]]
) -> dict[str, Any]:
    part = parts[0]
    right = answers.get(part.get("responseIdentifier", ""), [])
    if kind == "choiceInteraction":
        return _choice(draft, root, part, right)
    if kind == "hotspotInteraction":
        return {"type": _asked_by(kind)} | read_areas(part, right)
    if kind == "graphicGapMatchInteraction":
        return {"type": _asked_by(kind)} | read_places(part, right, _uses_mapping(root))
    if kind == "orderInteraction":
        by = {c.get("identifier"): _markup(c) for c in _find(part, "simpleChoice")}
        lines = tuple(option(n, by[i], True) for n, i in enumerate(right) if i in by)
        return {"type": _asked_by(kind), "options": lines, "partial": False}
    if kind == "matchInteraction":
        by = {c.get("identifier"): _markup(c) for c in _find(part, "simpleAssociableChoice")}
        matched = [(a, b) for a, _, b in (value.partition(" ") for value in right)]
        spare = [c.get("identifier", "") for s in _find(part, "simpleMatchSet")[1:] for c in s]
        matched += [("", b) for b in spare if b not in {b for _, b in matched}]
        pairs = [(by.get(a, ""), by.get(b, "")) for a, b in matched]
        return {
            "type": _special(part) or _asked_by(kind),
            "pairs": tuple(Pair(place_letter(n), a, as_text(a), b, as_text(b)) for n, (a, b) in enumerate(pairs)),
            "shuffle": part.get("shuffle") == "true",
            "partial": _uses_mapping(root),
        }
    if kind == "extendedTextInteraction":
        return {"type": _asked_by(kind), "points": 0.0}
    if kind in (_FIELD, _MENU):
        partial = len(parts) == 1 or _uses_mapping(root) or bool(_find(root, "sum"))
        gaps = tuple(_gap(n, p, answers) for n, p in enumerate(parts))
        return {"type": _asked_by(_MENU), "gaps": gaps, "partial": partial, "case": _case(root)}
    raise ValueError(f"{kind} has no counterpart here")


def _special(part: etree._Element) -> str:
    """Return the type of a question that our own writer asked in a special way; nothing for others."""
    interaction, named = etree.QName(part).localname, TYPES.get(part.get("class", ""))
    return named.name if named and named.special and named.qti and named.qti.interaction == interaction else ""


def _kind_of_choice(part: etree._Element, right: list[str]) -> str:
    interaction = etree.QName(part).localname
    if special := _special(part):
        return special
    if part.get("maxChoices", "1") != "1":
        return _asked_by(interaction, shape="many")
    if not right:
        return _asked_by(interaction, scored=False)
    named = {choice.get("identifier") for choice in _find(part, "simpleChoice")}
    ours = (name for name, kind in TYPES.items() if kind.qti and kind.fixed and set(kind.fixed) == named)
    return next(ours, _asked_by(interaction, shape="one", fixed=()))


def _case(root: etree._Element) -> bool:
    """Tell whether letter case counts in what is typed."""
    return any(test.get("caseSensitive") == "true" for test in _find(root, "stringMatch"))


def _gap(n: int, part: etree._Element, answers: dict[str, list[str]]) -> Gap:
    right = list(
        dict.fromkeys(answers.get(part.get("responseIdentifier", ""), []))
    )  # points and feedback may test it twice
    if etree.QName(part).localname == _MENU:
        return Gap(place_letter(n), _choices(part, "inlineChoice", right), True)
    return Gap(place_letter(n), tuple(Option(place_letter(m), "", word, True) for m, word in enumerate(right)))


def write_items(
    packaging: Packaging,
    write: Callable[[Question, str], bytes],
    target: tuple[Module, Path, str, Path],
) -> list[Finding]:
    """Write the questions of a module as a package of items, each by ``write``; return what stays behind.

    ``target`` is the module, the course's folder, the language and the new file.
    """
    module, root, language, out = target
    items: dict[str, bytes] = {}
    lost = []
    for question in questions_of(module, language):
        try:
            items[f"{question.id}.xml"] = write(question, language)
        except ValueError as fault:
            lost.append((question, str(fault)))
    shown = sorted({name for item in items.values() for name in _shown(item)})
    media: dict[str, Content] = {name: root / module.folder / name for name in shown}
    about = manifest({name: _shown(item) for name, item in items.items()}, packaging)
    write_zip(out, {"imsmanifest.xml": about, **items, **media}, "imsmanifest.xml", Cache())
    return left_behind("qti", module, language, lost)


def _write(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    return write_items(PACKAGE, write_item, (module, root, language, out))


def _shown(item: bytes) -> list[str]:
    """Return the pictures that an item shows."""
    shown = safexml.parse(item)
    sources = [e.get("src", "") for e in _find(shown, "img")] + [e.get("data", "") for e in _find(shown, "object")]
    return sorted({source for source in sources if not source.startswith("data:")})


FORMAT = Format(
    "qti",
    "QTI 2 and 3 items",
    Reader(
        (".xml",),
        lambda path, title: read_item(path.name, title, content(path)),
        "choice, hotspot, labels on a picture, order, match, text entry, inline choice, extended text, points and "
        "their parts, feedback",
        "other interactions, several interactions of different kinds in one item, computed texts and answers",
        fits=is_item,
    ),
    Writer(_write, "a zip of QTI 2.1 items with a manifest"),
)
