"""A module's pages to read outside a player: XHTML without scripts, forms and buttons, in the programme's colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import escape, quoteattr

from lxml import etree, html

from sclt.blocks import KINDS
from sclt.exchange.paper import on_paper
from sclt.locale import document_words, turned, words
from sclt.model.course import Module, PageText, Theme
from sclt.model.site import Content
from sclt.render.brand import font_stack
from sclt.render.pages import media_files as render_media
from sclt.render.pages import render_blocks

_XHTML = "http://www.w3.org/1999/xhtml"
PAGE = "page-"
"""What stands before the identifier of a page in the anchor of its heading."""
_STYLE = """
body{font-family:sans-serif;line-height:1.45}
h1,h2,h3{line-height:1.25;break-after:avoid}
img,svg{max-width:100%;height:auto}
figure{margin:1em 0;break-inside:avoid}
figcaption{font-size:.9em}
table{border-collapse:collapse;width:100%}
caption{text-align:start;font-weight:bold;padding-bottom:.3em}
td,th{border:1px solid;padding:.25em .5em;text-align:left;vertical-align:top}
.question,.scenario,.worksheet,.box,aside{border-left:3px solid;padding-left:1em;margin:1.2em 0}
ul.options{list-style:none;padding-left:0}
.choice{display:table;margin:.4em 0}
.choice>*{display:table-cell}
.option-text>:first-child{margin-top:0}
.option-text>:last-child{margin-bottom:0}
.on-picture{position:relative;display:inline-block}
.spot,.pin{position:absolute}
.spot{border:1px dashed}
.pin{transform:translate(-50%,-50%)}
.on-picture b{border:1px solid;border-radius:1em;padding:0 .4em;background:#fff;color:#000}
.box-title,.prompt{font-weight:bold}
.points{font-size:.85em}
.write{display:block;border-bottom:1px solid;height:1.9em}
td.room{height:3.2em}
table.rooms{table-layout:fixed}
.branches td+td{white-space:nowrap;width:6em}
.step{break-inside:avoid}
dt{font-weight:bold;break-after:avoid;margin-top:.8em}
dd{margin:.2em 0 0 1.2em;break-inside:avoid}
.kind::after{content:":"}
.cover{text-align:center;margin:6em 0;break-after:page}
@media print{h1{break-before:page}.cover h1{break-before:avoid}}
.cover img{max-height:6em;max-width:60%}
"""

_IDLE = (
    './/*[@hidden or contains(@class,"actions") or contains(@class,"result") or contains(@class,"how")]'
    " | .//button[not(@data-goto)] | .//template"
)
"""What only a player makes use of: buttons, how to use them, feedback on answers."""
_OF_CLASS = ".//*[contains(concat(' ', normalize-space(@class), ' '), concat(' ', $name, ' '))]"


def document(title: str, module: Module, language: str, body: str) -> str:
    """Return an XHTML document of a module with its theme's colours and fonts."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="{_XHTML}" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}"{turned(language)}><head>'
        f"<title>{escape(title)}</title><style>{_style(module.theme, body)}</style></head><body>{body}</body></html>"
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
        render_blocks(text.blocks, words(text.language, module.theme.words), module.sizes), create_parent="main"
    )
    for form in main.xpath(".//form[@data-question]"):
        if form.get("data-question") in drop:
            form.drop_tree()
    for idle in (*main.xpath(_IDLE), *_idle_of_blocks(main)):
        idle.drop_tree()
    for larger in main.xpath('.//a[@class="enlarge"]'):  # a book has no window over the page
        larger.drop_tag()
    _sound_markup(main)
    on_paper(main, document_words(text.language))
    for form in main.xpath(".//form"):  # a form makes a page "scripted" (EPUB 3.3, 5.2.2), and nobody answers here
        form.tag = "section"
        form.attrib.pop("novalidate", None)
    for anchor in main.xpath(".//a[@href]"):
        _lead(anchor, link)
    inner = etree.tostring(main, encoding="unicode", method="xml")
    return f'<h1 id="{PAGE}{text.id}">{escape(text.title)}</h1>{inner}'


def _idle_of_blocks(main: html.HtmlElement) -> list[html.HtmlElement]:
    """Return what only a player makes use of in blocks."""
    names = {name for kind in KINDS.values() for name in kind.idle}
    return [element for name in sorted(names) for element in main.xpath(_OF_CLASS, name=name)]


def _sound_markup(main: html.HtmlElement) -> None:
    """Put right what the HTML parser, or a browser's leniency, leaves that XHTML's schema refuses."""
    for track in main.xpath(".//track"):  # for the parser it is no void element, and holds what follows
        for child in reversed(track):
            track.addnext(child)
        track.text = None
    for fallback in main.xpath(".//video//a | .//audio//a"):
        fallback.drop_tag()


def _lead(anchor: html.HtmlElement, link: Callable[[str], str]) -> None:
    """Let a link to a page lead to where that is now; one that leads nowhere is text."""
    target = anchor.get("data-page-link")
    if target and (place := link(target)):
        part = "".join(anchor.get("href", "").partition("#")[1:])
        anchor.set("href", part if part and place.startswith("#") else place + part)
    elif target or (anchor.get("href", "").startswith("#") and not _stands_here(anchor)):
        del anchor.attrib["href"]


def _stands_here(anchor: html.HtmlElement) -> bool:
    """Tell whether a link leads to a place of the same page, such as a footnote."""
    return bool(anchor.getroottree().xpath("//*[@id=$name]", name=anchor.get("href", "")[1:]))


def _of_blocks(shown: str) -> Iterator[str]:
    """Yield the rules of the kinds of blocks whose class stands in a document's HTML."""
    yield from (kind.paper for kind in KINDS.values() if kind.paper and f'class="{kind.name}' in shown)


def _style(theme: Theme, shown: str) -> str:
    """Return the stylesheet of what is shown; of the light scheme, since pages are read on paper-like screens."""
    colours, rules = theme.light, [_STYLE, *_of_blocks(shown)]
    if "ink" in colours:
        rules.append(f"body{{color:{colours['ink']}}}")
    if "accent" in colours:
        rules.append(f"h1,h2,h3,a{{color:{colours['accent']}}}.question,.box,aside{{border-color:{colours['accent']}}}")
    if "reading" in theme.fonts:
        rules.append(f"body{{font-family:{font_stack(theme.fonts['reading'])}}}")
    if "heading" in theme.fonts:
        rules.append(f"h1,h2,h3{{font-family:{font_stack(theme.fonts['heading'])}}}")
    return escape("".join(rules))
