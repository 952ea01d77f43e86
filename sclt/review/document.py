"""A course as one HTML file that a reviewer opens by a double click: everything in it, nothing sent."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import html

from sclt.locale import name_of, review_words, turned, words
from sclt.model.course import Course, Module, Page, Programme
from sclt.model.site import Content
from sclt.render.data import course_data
from sclt.render.embedded import content_bytes, data_uri, script_json
from sclt.render.pages import media_files, render_blocks, template
from sclt.storage import resources

LARGEST = 3_000_000
"""Bytes of a medium that the file still carries; of a larger one it says the name alone."""
_PLACED = (
    "descendant::*[@class='option-text' or self::p or self::h2 or self::h3 or self::h4 or self::li or self::td or "
    "self::th or self::figcaption or self::img or self::summary or self::dt or self::dd or self::pre or self::legend]"
)
"""What can be commented on: each by itself, unless it only holds others."""
_IDLE = './/*[contains(@class,"actions") or @role="tablist"] | .//button | .//*[@class="choice"]/label'
"""What only a player makes use of."""
_BESIDE = frozenset({"kind", "kind-of-file", "number"})
"""Classes of what templates put into an author's text."""
_NO_PLACES = frozenset({"points", "spot"})
"""Classes of what templates put beside it."""


def review_document(course: Course, language: str = "") -> bytes:
    """Return the file of a course, in all its languages or in one; the first one shows first.

    What shows is read, not played: right answers and feedback are open. Raises EnvironmentFault for media
    that cannot be read.
    """
    programmes = [_programme(programme, Path(course.root), language) for programme in course.programmes]
    languages = list(dict.fromkeys(tag for programme in programmes for tag in programme["languages"]))
    said = {tag: review_words(tag) for tag in languages}
    text = template("review.html").render(
        programmes=programmes,
        languages=languages,
        names={tag: name_of(tag) for tag in languages},
        words=said,
        data=script_json({"words": said, "name": _name(course)}),
        script=resources.read("review", "review.js").decode(),
        turned=turned,
    )
    return str(text).encode()


def _name(course: Course) -> str:
    return "-".join(programme.id for programme in course.programmes)


def _programme(programme: Programme, root: Path, language: str) -> dict[str, Any]:
    languages = [tag for tag in programme.languages if language in ("", tag)]
    modules = [_module(programme, module, root, languages) for module in programme.modules]
    return {"title": programme.metadata.title.texts, "languages": languages, "modules": modules}


def _module(programme: Programme, module: Module, root: Path, languages: list[str]) -> dict[str, Any]:
    media, rights = media_files(module, root), dict(_rights(module))
    pages = [
        {
            "id": page.id,
            "title": page.texts[tag].title,
            "language": tag,
            "body": _page(module, page, tag, media, rights),
        }
        for tag in languages
        for page in module.pages
        if tag in page.texts
    ]
    return {"id": f"{programme.id}/{module.id}", "title": module.metadata.title.texts, "pages": pages}


def _rights(module: Module) -> Iterator[tuple[str, set[str]]]:
    """Yield the right options of each question that has options."""
    for name, question in course_data(module)["questions"].items():
        options = question.get("options", ()) if question["scored"] and question["shape"] in ("one", "many") else ()
        yield name, {option["id"] for option in options if option["correct"]}


def _page(module: Module, page: Page, tag: str, media: dict[str, Content], rights: dict[str, set[str]]) -> str:
    """Return a page to read: answers open, media within, and every part that can be commented on marked."""
    text = page.texts[tag]
    main = html.fragment_fromstring(render_blocks(text.blocks, words(tag, module.theme.words)), create_parent="div")
    _open(main, rights)
    for part in main.iter("img", "video", "audio", "source", "track"):
        _carry(part, media)
    for link in main.iterfind(".//a[@href]"):
        if not str(link.get("href")).startswith(("http:", "https:", "mailto:")):
            link.attrib.pop("href")
    said = _said_by_the_interface(tag)
    for part in main.xpath(_PLACED):
        if _is_place(part, said):
            part.set("data-place", "")
            if (own := _text(part)) != _flat(str(part.text_content())):
                part.set("data-quote", own)
    return str(html.tostring(main, encoding="unicode"))


def _open(main: html.HtmlElement, rights: dict[str, set[str]]) -> None:
    """Show what a learner sees only after answering, and mark the right options."""
    for hidden in main.xpath(".//*[@hidden]"):
        hidden.attrib.pop("hidden")
    for details in main.iter("details"):
        details.set("open", "")
    for idle in main.xpath(_IDLE):
        idle.drop_tree()
    for form in main.xpath(".//*[@data-question]"):
        for option in form.xpath(".//*[@data-option and contains(@class,'option')]"):
            if option.get("data-option") in rights.get(str(form.get("data-question")), ()):
                option.classes.add("right")
    for field in main.xpath(".//input | .//textarea | .//select"):
        field.set("disabled", "")


def _carry(part: html.HtmlElement, media: dict[str, Content]) -> None:
    """Put a medium into the file; one that is too large leaves its name."""
    for key in ("src", "poster"):
        name = str(part.get(key, ""))
        if name not in media:
            continue
        content = media[name]
        body = content_bytes(content)
        part.set("data-name", name)
        if part.tag == "img" and not part.get("alt"):
            part.set("alt", name)  # a mere ornament can be commented on as well
        if len(body) > LARGEST:
            part.attrib.pop(key)
            part.set("title", name)
        else:
            part.set(key, data_uri(name, body))


def _is_place(part: html.HtmlElement, said: frozenset[str]) -> bool:
    """Tell whether a part is commented on by itself: it shows what its author wrote, and holds no part that does."""
    if part.tag == "img":
        return True
    if part.xpath(_PLACED) or not _NO_PLACES.isdisjoint(part.classes):
        return False
    text = _text(part)
    return text not in said and any(letter.isalnum() for letter in text)


def _text(part: html.HtmlElement) -> str:
    """Return what the author wrote of a part: without choosers, numbers and kinds that templates put beside it."""
    own = deepcopy(part)
    own.tail = None
    for beside in own.xpath(".//select | .//sup[a] | .//*[@class]"):
        if beside.tag in ("select", "sup") or not _BESIDE.isdisjoint(beside.classes):
            beside.drop_tree()
    return _flat(str(own.text_content()))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _said_by_the_interface(tag: str) -> frozenset[str]:
    """Return the words that templates put on pages: nobody looks for them in the sources."""
    return frozenset(_flat(word) for word in words(tag).values() if isinstance(word, str))
