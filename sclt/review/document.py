"""A course as one HTML file that a reviewer opens by a double click: everything in it, nothing sent."""

from __future__ import annotations

from collections.abc import Iterator
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
_PLACES = (
    "p",
    "h2",
    "h3",
    "h4",
    "li",
    "td",
    "th",
    "figcaption",
    "img",
    "summary",
    "dt",
    "dd",
    "pre",
    "legend",
    "label",
)
"""What can be commented on: each by itself, unless it only holds others."""


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
    for part in main.iter(*_PLACES):
        if _is_place(part):
            part.set("data-place", "")
    return str(html.tostring(main, encoding="unicode"))


def _open(main: html.HtmlElement, rights: dict[str, set[str]]) -> None:
    """Show what a learner sees only after answering, and mark the right options."""
    for hidden in main.xpath(".//*[@hidden]"):
        hidden.attrib.pop("hidden")
    for details in main.iter("details"):
        details.set("open", "")
    for idle in main.xpath('.//*[contains(@class,"actions")] | .//button | .//*[@role="tablist"]'):
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


def _is_place(part: html.HtmlElement) -> bool:
    """Tell whether a part is commented on by itself: it shows something, and holds no part that is one."""
    if part.tag == "img":
        return True
    return next(part.iterdescendants(*_PLACES), None) is None and bool(str(part.text_content()).strip())
