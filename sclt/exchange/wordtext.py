"""Brings the text of a Word document into the form that mammoth reads; all else that is in it is told.

mammoth passes over formulas, results of fields, text boxes and drawings without a picture; here they become text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from sclt.exchange.docxtags import TOLD, fate_of, is_whole, name_of
from sclt.exchange.formula import lowered, raised
from sclt.exchange.omml import tex_of
from sclt.exchange.wordlooks import say

DECORATIVE = "sclt0decorative0end"
"""What stands as the alternative text of a picture that only decorates until the text is read."""
LONGEST_TEX = 200
"""So many letters of TeX between brackets the reader of HTML takes."""
Tell = Callable[[str, int], None]
"""Notes what is lost, and the number of the paragraph at which."""


class _At(NamedTuple):
    element: etree._Element
    paragraph: int


def prepare(root: etree._Element, tell: Tell) -> None:
    """Change a document, or its notes, in place; ``tell`` hears what does not come over."""
    _choose_alternatives(root)
    say(root)
    for at in list(_walk(root)):
        _account(at, tell)
    for at in list(_walk(root)):
        if at.element.getparent() is not None:
            _change(at, tell)


def _walk(root: etree._Element) -> Iterator[_At]:
    """Yield the elements that are looked at one by one, with the number of the paragraph."""
    paragraph, stack = 0, [root]
    while stack:
        element = stack.pop()
        name = name_of(element)
        paragraph += name == "w:p"
        yield _At(element, max(paragraph, 1))
        if not is_whole(name):
            stack += [child for child in reversed(element) if isinstance(child.tag, str)]


def _words(element: etree._Element) -> str:
    texts = [e.text or "" for e in element.iter() if name_of(e) in ("w:t", "w:delText", "m:t", "a:t")]
    return " ".join("".join(texts).split())


def _account(at: _At, tell: Tell) -> None:
    """Tell of an element what does not come over."""
    name = name_of(at.element)
    said = _words(at.element)[:200]
    quoted = f": '{said}'" if said else ""
    if name in TOLD:
        tell(f"{TOLD[name]}{quoted}.", at.paragraph)
    elif fate_of(name) == "unknown":
        tell(f"the element '{name[-60:]}' is not known; its words come over{quoted}.", at.paragraph)
    elif name == "w:r" and any(name_of(e) == "w:vanish" and _is_on(e) for p in at.element for e in p):
        tell(f"{TOLD['w:vanish']}{quoted}.", at.paragraph)


def _is_on(switch: etree._Element) -> bool:
    return next(iter(map(str, switch.attrib.values())), "true") not in ("false", "0", "off")


def _choose_alternatives(root: etree._Element) -> None:
    """Keep one of several forms of the same: the one for older programs, unless that is empty."""
    for element in [e for e in root.iter() if name_of(e) == "mc:AlternateContent"]:
        parts = {name_of(child): list(child) for child in reversed(element) if isinstance(child.tag, str)}
        _replace(element, parts.get("mc:Fallback") or parts.get("mc:Choice") or [])


def _change(at: _At, tell: Tell) -> None:
    element, name = at.element, name_of(at.element)
    match name:
        case "m:oMath" | "m:oMathPara":
            text = in_tex(element)
            if not text:
                text = " ".join(formula(element).split())
                tell(f"the formula '{text[:80]}' became text.", at.paragraph)
            _replace(element, [_run(element, text)])
        case "w:fldSimple" | "w:dir" | "w:bdo" | "w:rubyBase":
            _replace(element, list(element))
        case "w:ruby":
            _replace(element, _ruby(element))
        case "w:cr" | "w:ptab":
            element.tag = _like(element, "br" if name == "w:cr" else "tab")
        case "wp:inline" | "wp:anchor" | "w:pict" | "w:object":
            _drawing(at, tell)
        case _ if fate_of(name) == "unknown":
            _replace(element, list(element) or ([_run(element, said)] if (said := _words(element)) else []))


def _ruby(element: etree._Element) -> list[etree._Element]:
    base = "".join(_words(e) for e in element if name_of(e) == "w:rubyBase")
    above = "".join(_words(e) for e in element if name_of(e) == "w:rt")
    text = etree.Element(_like(element, "t"))
    text.text = f"{base} ({above})"
    return [text]


def _drawing(at: _At, tell: Tell) -> None:
    """Keep a drawing's text box as paragraphs behind its own, and tell a drawing that is no picture."""
    element = at.element
    _choose_picture(element)
    boxes = [e for e in element.iter() if name_of(e) == "w:txbxContent"]
    shown = [e for e in element.iter() if name_of(e) == "v:imagedata" or _is_picture(e)]
    outside = [e for e in element.iter() if etree.QName(e.tag).localname == "blip" and not _is_picture(e)]
    described = [e for e in element.iter() if name_of(e) == "wp:docPr"]
    alternative = (described[0].get("descr") or described[0].get("title") or "") if described else ""
    if boxes and name_of(element) in ("wp:inline", "wp:anchor"):
        for box in reversed(boxes):
            _put_behind(at.element, list(box))
    elif not shown and not boxes:
        what = "a picture that lies outside of the document" if outside else "a drawing (chart, diagram or shapes)"
        tell(f"{what} is left out: '{alternative[:200]}'.", at.paragraph)
        for each in outside:
            _replace(each, [])
        paragraph = _above(element, "w:r")
        if alternative and paragraph is not None:
            paragraph.addnext(_run(element, alternative))


def _is_picture(element: etree._Element) -> bool:
    """Tell whether an element shows a picture that is in the document."""
    embedded = (key for key in element.attrib if str(key).endswith("}embed"))
    return etree.QName(element.tag).localname == "blip" and any(True for _ in embedded)


def _choose_picture(element: etree._Element) -> None:
    """Take the drawing of which Word keeps a picture for older programs, and mark what only decorates."""
    for blip in (e for e in element.iter() if etree.QName(e.tag).localname == "blip"):
        for drawing in blip.iterdescendants("{*}svgBlip"):
            for key, value in drawing.attrib.items():
                blip.set(key, value)
    decorates = (_is_on(e) for e in element.iter("{*}decorative"))
    for described in (e for e in element.iter() if name_of(e) == "wp:docPr"):
        if any(decorates):
            described.set("descr", DECORATIVE)


def _above(element: etree._Element, name: str) -> etree._Element | None:
    return next((above for above in element.iterancestors() if name_of(above) == name), None)


def _put_behind(element: etree._Element, blocks: list[etree._Element]) -> None:
    paragraph = _above(element, "w:p")
    for block in reversed(blocks):
        if paragraph is not None:
            paragraph.addnext(block)


def _like(element: etree._Element, name: str) -> str:
    """Return a name of the main namespace that the document uses."""
    root = element.getroottree().getroot()
    space = etree.QName(root).namespace
    return f"{{{space}}}{name}"


def _run(element: etree._Element, text: str) -> etree._Element:
    run = etree.Element(_like(element, "r"))
    inner = etree.SubElement(run, _like(element, "t"))
    inner.text = text
    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _replace(element: etree._Element, others: list[etree._Element]) -> None:
    """Put elements where another one is."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent.remove(element)
    for n, other in enumerate(others):
        parent.insert(at + n, other)


def in_tex(element: etree._Element) -> str:
    """Return a formula between the brackets by which TeX is known; nothing where it is no TeX of a course."""
    written = tex_of(element)
    start, end = ("\\[", "\\]") if name_of(element) == "m:oMathPara" else ("\\(", "\\)")
    return f"{start}{written}{end}" if 0 < len(written) <= LONGEST_TEX else ""


def formula(element: etree._Element) -> str:
    """Return a formula of Word (OMML) on one line."""
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if name == "t":
        return element.text or ""
    if name.endswith("Pr") or not name:
        return ""
    parts = {etree.QName(c).localname: formula(c) for c in element if isinstance(c.tag, str)}
    if name in _FORMS:
        return _FORMS[name](parts)
    inner = "".join(formula(child) for child in element)
    return f"({inner})" if name == "d" else inner


def _held(text: str) -> str:
    return text if text.isalnum() else f"({text.strip()})"


_FORMS: dict[str, Callable[[dict[str, str]], str]] = {
    "f": lambda p: f"{_held(p.get('num', ''))}/{_held(p.get('den', ''))}",
    "sSup": lambda p: p.get("e", "") + raised(p.get("sup", "").strip()),
    "sSub": lambda p: p.get("e", "") + lowered(p.get("sub", "").strip()),
    "sSubSup": lambda p: p.get("e", "") + lowered(p.get("sub", "").strip()) + raised(p.get("sup", "").strip()),
    "rad": lambda p: f"{raised(p.get('deg', '').strip())}√{_held(p.get('e', ''))}",
}
