"""A module's pages to read outside a player: XHTML without scripts, forms and buttons, in the programme's colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from lxml import etree, html

from sclt.blocks import KINDS
from sclt.exchange.paper import on_paper
from sclt.locale import document_words, turned, words
from sclt.model.course import Metadata, Module, PageText, Theme
from sclt.render.brand import font_stack
from sclt.render.pages import render_blocks
from sclt.storage import resources

_XHTML = "http://www.w3.org/1999/xhtml"
Link: TypeAlias = Callable[[str, str], str]
"""Gives the address of a page by its identifier and that of a place in it, which may be ''."""
PAGE = "page-"
"""What stands before the identifier of a page in the anchor of its heading."""
_IDLE = (
    './/*[@hidden or contains(@class,"actions") or contains(@class,"result") or contains(@class,"how")]'
    " | .//button[not(@data-goto)] | .//template"
)
"""What only a player makes use of: buttons, how to use them, feedback on answers."""
_OF_CLASS = ".//*[contains(concat(' ', normalize-space(@class), ' '), concat(' ', $name, ' '))]"


def document(title: str, theme: Theme, language: str, body: str, style: str = "") -> str:
    """Return an XHTML document with a theme's colours and fonts, and the rules of ``style`` on top of those of all."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="{_XHTML}" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}"{turned(language)}><head>'
        f"<title>{escape(title)}</title><style>{escape(_style(theme, body, style))}</style></head>"
        f"<body>{body}</body></html>"
    )


def cover(metadata: Metadata, theme: Theme, language: str) -> str:
    """Return the title of a book with who wrote and who publishes it, and the logo of its theme."""
    logo = f'<img src={quoteattr(logo_name(theme))} alt=""/>' if theme.logo else ""
    reviewed = words(language, theme.words)["reviewed_by"].replace("{names}", ", ".join(metadata.reviewers))
    said = [metadata.description[language], ", ".join(metadata.authors), reviewed if metadata.reviewers else ""]
    said += [metadata.publisher[language], metadata.rights[language]]
    rows = "".join(f"<p>{escape(text)}</p>" for text in said if text)
    return f'<div class="cover">{logo}<h1>{escape(metadata.title[language])}</h1>{rows}</div>'


def opening(module: Module, language: str) -> str:
    """Return the page before a module's pages in a programme's book: its title, and what it is about."""
    title, about = (escape(text[language]) for text in (module.metadata.title, module.metadata.description))
    return f'<div class="opening"><h1 id="{PAGE}{module.id}">{title}</h1><p>{about}</p></div>'


def logo_name(theme: Theme) -> str:
    """Return the name of a theme's logo beside the pages."""
    return f"logo{PurePosixPath(theme.logo).suffix}"


def page_file(suffix: str) -> Link:
    """Return how a link finds a page where each is a file of its own."""
    return lambda page, part: f"{page}.{suffix}#{part}" if part else f"{page}.{suffix}"


def page(module: Module, text: PageText, link: Link, drop: frozenset[str] = frozenset()) -> str:
    """Return the inside of a page as XHTML; the arguments are those of `page_tree`."""
    return titled(text, text.id, page_tree(module, text, link, drop))


def titled(text: PageText, name: str, main: html.HtmlElement) -> str:
    """Return a page under its title, which ``name`` leads to, as XHTML."""
    inner = etree.tostring(main, encoding="unicode", method="xml")
    return f'<h1 id="{PAGE}{name}">{escape(text.title)}</h1>{inner}'


def page_tree(module: Module, text: PageText, link: Link, drop: frozenset[str] = frozenset()) -> html.HtmlElement:
    """Return a page without its title. ``link`` gives where a place of another page is, '' for nowhere.

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
    return main


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


def _lead(anchor: html.HtmlElement, link: Link) -> None:
    """Let a link to a page lead to where that is now; one that leads nowhere is text."""
    target, here = anchor.get("data-page-link"), anchor.get("href", "")
    part = here.partition("#")[2]
    if target and (place := link(target, part)):
        anchor.set("href", place)
    elif target or (here.startswith("#") and not _stands_here(anchor)):
        del anchor.attrib["href"]


def _stands_here(anchor: html.HtmlElement) -> bool:
    """Tell whether a link leads to a place of the same page, such as a footnote."""
    return bool(anchor.getroottree().xpath("//*[@id=$name]", name=anchor.get("href", "")[1:]))


def _of_blocks(shown: str) -> Iterator[str]:
    """Yield the rules of the kinds of blocks whose class stands in a document's HTML."""
    yield from (kind.paper for kind in KINDS.values() if kind.paper and f'class="{kind.name}' in shown)


def _style(theme: Theme, shown: str, more: str) -> str:
    """Return the stylesheet of what is shown; of the light scheme, since pages are read on paper-like screens."""
    colours, rules = theme.light, [resources.read("templates", "book.css").decode(), *_of_blocks(shown), more]
    if "ink" in colours:
        rules.append(f"body{{color:{colours['ink']}}}")
    if "accent" in colours:
        rules.append(f"h1,h2,h3,a{{color:{colours['accent']}}}.question,.box,aside{{border-color:{colours['accent']}}}")
    if "reading" in theme.fonts:
        rules.append(f"body{{font-family:{font_stack(theme.fonts['reading'])}}}")
    if "heading" in theme.fonts:
        rules.append(f"h1,h2,h3{{font-family:{font_stack(theme.fonts['heading'])}}}")
    return "".join(rules)
