"""A module's pages to read outside a player: XHTML without scripts, forms and buttons, in the programme's colours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import escape, quoteattr

from lxml import etree, html
from lxml.html import builder

from sclt.locale import turned, words
from sclt.model.course import Module, PageText, Theme
from sclt.model.site import Content
from sclt.render.brand import font_stack
from sclt.render.pages import media_files as render_media
from sclt.render.pages import render_blocks

_XHTML = "http://www.w3.org/1999/xhtml"
_STYLE = """
body{font-family:sans-serif;line-height:1.45}
h1,h2,h3{line-height:1.25;break-after:avoid}
img,svg{max-width:100%;height:auto}
figure{margin:1em 0;break-inside:avoid}
figcaption{font-size:.9em}
table{border-collapse:collapse;width:100%}
td,th{border:1px solid;padding:.25em .5em;text-align:left;vertical-align:top}
.question,.scenario,.worksheet,.box,aside{border-left:3px solid;padding-left:1em;margin:1.2em 0}
ul.options{list-style:none;padding-left:0}
ul.options p{display:inline}
ul.options div p{display:block}
.on-picture{position:relative;display:inline-block}
.spot,.pin{position:absolute}
.spot{border:1px dashed}
.pin{transform:translate(-50%,-50%)}
.on-picture b{border:1px solid;border-radius:1em;padding:0 .4em;background:#fff;color:#000}
.box-title,.prompt{font-weight:bold}
.points{font-size:.85em}
.kind::after{content:":"}
.cover{text-align:center;margin:6em 0;break-after:page}
@media print{h1{break-before:page}.cover h1{break-before:avoid}}
.cover img{max-height:6em;max-width:60%}
"""

_IDLE = (
    './/*[@hidden or contains(@class,"actions") or contains(@class,"result") or contains(@class,"how")]'
    " | .//button[not(@data-goto)]"
)
"""What only a player makes use of: buttons, how to use them, feedback on answers."""
_OFFERED = "./option[@value!='']/text()"
_BLANK = "\u2009".join("_" * 24)


def document(title: str, module: Module, language: str, body: str) -> str:
    """Return an XHTML document of a module with its theme's colours and fonts."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="{_XHTML}" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}"{turned(language)}><head>'
        f"<title>{escape(title)}</title><style>{_style(module.theme)}</style></head><body>{body}</body></html>"
    )


def cover(module: Module, language: str) -> str:
    """Return the title of a module with what publishes it, and the logo of its theme."""
    metadata = module.metadata
    logo = f'<img src={quoteattr(_logo_name(module.theme))} alt=""/>' if module.theme.logo else ""
    said = (metadata.description, metadata.publisher, metadata.rights)
    rows = "".join(f"<p>{escape(text[language])}</p>" for text in said)
    return f'<div class="cover">{logo}<h1>{escape(metadata.title[language])}</h1>{rows}</div>'


def media_files(module: Module, root: Path) -> dict[str, Content]:
    """Return pictures, films and the logo by their name beside the pages; ``root`` is the course's folder."""
    files = render_media(module, root)
    return files | ({_logo_name(module.theme): root / module.theme.logo} if module.theme.logo else {})


def _logo_name(theme: Theme) -> str:
    return f"logo{PurePosixPath(theme.logo).suffix}"


def page(
    module: Module,
    text: PageText,
    link: Callable[[str], str],
    drop: frozenset[str] = frozenset(),
) -> str:
    """Return the inside of a page. ``link`` gives where the page of an identifier is, '' for nowhere.

    Questions named in ``drop`` are left out.
    """
    main = html.fragment_fromstring(
        render_blocks(text.blocks, words(text.language, module.theme.words)), create_parent="main"
    )
    for form in main.xpath(".//form[@data-question]"):
        if form.get("data-question") in drop:
            form.drop_tree()
    for idle in main.xpath(_IDLE):
        idle.drop_tree()
    _sound_markup(main)
    _on_paper(main)
    for form in main.xpath(".//form"):  # a form makes a page "scripted" (EPUB 3.3, 5.2.2), and nobody answers here
        form.tag = "section"
        form.attrib.pop("novalidate", None)
    for anchor in main.xpath(".//a[@href]"):
        _lead(anchor, link)
    inner = etree.tostring(main, encoding="unicode", method="xml")
    return f"<h1>{escape(text.title)}</h1>{inner}"


def _sound_markup(main: html.HtmlElement) -> None:
    """Put right what the HTML parser, or a browser's leniency, leaves that XHTML's schema refuses."""
    for track in main.xpath(".//track"):  # for the parser it is no void element, and holds what follows
        for child in reversed(track):
            track.addnext(child)
        track.text = None
    for fallback in main.xpath(".//video//a | .//audio//a"):
        fallback.drop_tag()
    for caption in main.xpath(".//figure/figcaption[following-sibling::*]"):  # the first or the last of its figure
        caption.getparent().append(caption)
    for label in main.xpath(".//label[.//p or .//ul or .//ol or .//pre or .//table or .//blockquote or .//figure]"):
        for part in (label, *label.xpath("./span | ./span/span")):
            part.tag = "div"
            part.attrib.pop("for", None)


def _on_paper(main: html.HtmlElement) -> None:
    """Put marks and lines to write on in place of fields, lists in place of menus, and an order that tells nothing."""
    for field in main.xpath(".//input | .//textarea"):
        sign = {"radio": "○", "checkbox": "☐"}.get(field.get("type", ""), _BLANK)
        _replace(field, sign)
    for area in main.xpath(".//label[@for]"):
        area.tag = "span"
        area.attrib.pop("for")
    for pairs in main.xpath('.//ul[contains(@class,"pairs")]'):
        offered = pairs.xpath(".//li[1]/select/option[@value!='']/text()")
        for menu in pairs.xpath(".//select"):
            _replace(menu, f"– {_BLANK}")
        pairs.addnext(builder.P(" · ".join(sorted(map(str, offered)))))
    for menu in main.xpath(".//select"):
        _replace(menu, f"({' / '.join(menu.xpath(_OFFERED))})")
    for choice in main.xpath(".//button"):  # of a scenario: readers follow it to its step
        choice.tag = "span"
        choice.text = f"→ {choice.text or ''}"
        choice.attrib.pop("type")
    for order in main.xpath('.//ol[contains(@class,"order")]'):
        order[:] = sorted(order, key=lambda line: line.text_content())
        order.tag = "ul"


def _replace(element: html.HtmlElement, text: str) -> None:
    """Put a text where an element is."""
    element.tail = f"{text}{element.tail or ''}"
    element.drop_tree()


def _lead(anchor: html.HtmlElement, link: Callable[[str], str]) -> None:
    """Let a link to a page lead to where that is now; one that leads nowhere is text."""
    target = anchor.get("data-page-link")
    if target and (place := link(target)):
        anchor.set("href", place + "".join(anchor.get("href", "").partition("#")[1:]))
    elif target or (anchor.get("href", "").startswith("#") and not _stands_here(anchor)):
        del anchor.attrib["href"]


def _stands_here(anchor: html.HtmlElement) -> bool:
    """Tell whether a link leads to a place of the same page, such as a footnote."""
    return bool(anchor.getroottree().xpath("//*[@id=$name]", name=anchor.get("href", "")[1:]))


def _style(theme: Theme) -> str:
    """Return the stylesheet; colours of the light scheme, since pages are printed and read on paper-like screens."""
    colours, rules = theme.light, [_STYLE]
    if "ink" in colours:
        rules.append(f"body{{color:{colours['ink']}}}")
    if "accent" in colours:
        rules.append(f"h1,h2,h3,a{{color:{colours['accent']}}}.question,.box,aside{{border-color:{colours['accent']}}}")
    if "reading" in theme.fonts:
        rules.append(f"body{{font-family:{font_stack(theme.fonts['reading'])}}}")
    if "heading" in theme.fonts:
        rules.append(f"h1,h2,h3{{font-family:{font_stack(theme.fonts['heading'])}}}")
    return escape("".join(rules))
