"""From a draft to a module's sources: Markdown pages, media, module.yaml; all of it appears at once or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from sclt.authoring.files import write_all
from sclt.authoring.yamlfile import facts_of, with_item
from sclt.errors import EnvironmentFault, UsageError
from sclt.exchange.draft import Draft, Names, Page, as_text
from sclt.exchange.markdown import indented, is_paragraph, to_blocks, to_line, to_markdown
from sclt.exchange.shelf import Shelf
from sclt.model.course import (
    ChoiceQuestion,
    GapsQuestion,
    NumberQuestion,
    Option,
    PairsQuestion,
    Question,
    TextQuestion,
)
from sclt.questions import QuestionType, type_of
from sclt.source.names import check_identifier, check_language
from sclt.storage import writing

_GAP = re.compile(r'<span data-gap="([^"]+)"></span>')


def write_sources(draft: Draft, into: Path, language: str) -> Path:
    """Write the draft as the new module ``into`` (PROGRAMME/MODULE) in one language and return the folder.

    Raises UsageError where it exists already or a name is no identifier, EnvironmentFault for the disk's faults.
    """
    programme = into.parent
    for name in (into.name, programme.resolve().name):
        check_identifier(name)
    check_language(language)
    if into.exists():
        raise UsageError("it exists already.", str(into), "Name a module that is not there yet.")
    fresh = not (programme / "programme.yaml").exists()
    if fresh and programme.exists():
        raise UsageError("the folder has no programme.yaml.", str(programme), "Name a programme, or a new folder.")
    try:
        _appear(draft, into, language, fresh)
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror or error}.", str(into)) from error
    if not fresh and not _listed(programme / "programme.yaml", into.name, language):
        draft.lose(1, f"the programme does not list '{into.name}'.", f"Add it to 'modules' of {programme.name}.")
    return into


def _listed(listing: Path, name: str, language: str) -> bool:
    """Name a new module in its programme, unless the programme has other languages, which the module lacks."""
    try:
        if facts_of(listing).get("languages") != [language]:
            return False
        write_all({listing: with_item(listing, "modules", name)})
    except UsageError:
        return False
    return True


def _appear(draft: Draft, into: Path, language: str, fresh: bool) -> None:
    """Write beside the target, then rename."""
    target = into.parent if fresh else into
    with writing.appearing_folder(target) as part:
        module = part / into.name if fresh else part
        for name, content in _files(draft, language).items():
            (module / name).parent.mkdir(parents=True, exist_ok=True)
            (module / name).write_bytes(content)
        if fresh:
            (part / "programme.yaml").write_bytes(_yaml(_programme(draft, into, language)))


def _files(draft: Draft, language: str) -> dict[str, bytes]:
    names, ids = Names("page"), Names("q")
    pages = {names.new(page.title): page for page in draft.pages}
    media = Shelf(draft, {page.source: name for name, page in pages.items() if page.source})
    texts = {f"{language}/{name}.md": _page(page, ids, media).encode() for name, page in pages.items()}
    media.tell_unused()
    files = {f"media/{name}": content for name, content in media.files().items()}
    module = _about(draft.title, language) | {"duration": "PT1H", "pages": list(pages)}
    return texts | files | {"module.yaml": _yaml(module)}


def _about(title: str, language: str) -> dict[str, Any]:
    return {
        "title": {language: title},
        "description": {language: title},
        "keywords": {language: [title]},
        "version": "1.0.0",
    }


def _programme(draft: Draft, into: Path, language: str) -> dict[str, Any]:
    name = into.parent.resolve().name
    return _about(draft.title, language) | {
        "languages": [language],
        "iri": f"https://example.org/courses/{name}",
        "modules": [into.name],
        "mastery": 70,
        "publisher": {language: "…"},
        "rights": {language: "…"},
    }


def _yaml(value: Any) -> bytes:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False).encode()


def _page(page: Page, ids: Names, media: Shelf) -> str:
    head = yaml.safe_dump({"title": page.title}, allow_unicode=True).strip()
    media.place = page.place or media.place
    parts = [f"---\n{head}\n---", to_markdown(page.html, media)]
    parts += [_question(question, ids.new(question.id), media) for question in page.questions]
    return "\n\n".join(part for part in parts if part) + "\n"


def _question(question: Question, name: str, media: Shelf) -> str:
    media.place = question.place
    prompt = to_markdown(_GAP.sub(r"sclt0gap0\1\0", question.prompt).replace("\0", "0end"), media, apart=True)
    for gap in question.gaps if isinstance(question, GapsQuestion) else ():
        right = "*" if gap.choose else ""
        words = " | ".join((right if o.correct else "") + o.text for o in gap.options)
        prompt = prompt.replace(f"sclt0gap0{gap.id}0end", f"[[{words}]]")
    notes = [
        f"> {word}: {_inline(markup, media)}"
        for word, markup in (
            ("Hint", question.hint),
            ("Correct", question.correct),
            ("Incorrect", question.incorrect),
            ("Feedback", question.feedback),
            ("Sample", question.sample),
        )
        if markup
    ]
    body = "\n".join(_lines(question, media))
    parts = [f":::question {{#{name} {_options(question)}}}\n{prompt}", body, *notes]
    return "\n\n".join(part for part in parts if part) + "\n:::"


def _options(question: Question) -> str:
    options = [f"type={question.type}"]
    if question.points not in (0.0, 1.0):
        options.append(f"points={question.points:g}" if question.points.is_integer() else f'points="{question.points}"')
    match question:
        case ChoiceQuestion() if type_of(question).fixed:
            options.append(f"answer={'true' if question.options[0].correct else 'false'}")
        case TextQuestion():
            longest = max((len(o.text) for o in question.options), default=0)
            options += [f"max={longest}"] if longest > 60 else []
    if isinstance(question, TextQuestion | GapsQuestion) and question.case:
        options.append("case=true")
    return " ".join(options)


def _lines(question: Question, media: Shelf) -> Iterator[str]:
    match question:
        case ChoiceQuestion() | TextQuestion() if not type_of(question).fixed:
            for n, o in enumerate(question.options, 1):
                start = _start(type_of(question), n, o)
                yield start + indented("\n\n".join(_item(o.html, media)), start.index(" ") + 1)
                yield from _feedback(o.feedback, media)
        case PairsQuestion():
            for pair in question.pairs:
                yield f"- {_inline(pair.left, media)} :: {_inline(pair.right, media)}".replace("-  ::", "- ::")
        case NumberQuestion():
            for r in question.ranges:
                numbers = f"{r.low:.10g}" if r.low == r.high else f"{r.low:.10g}..{r.high:.10g}"
                yield _mark(r.correct) + numbers
                yield from _feedback(r.feedback, media)


def _feedback(markup: str, media: Shelf) -> Iterator[str]:
    if markup:
        yield f"  > {_inline(markup, media)}"


def _start(kind: QuestionType[Any], n: int, option: Option) -> str:
    """Return how the n-th line of a list begins: its number, its mark, or neither where nothing is right or wrong."""
    if kind.shape == "order":
        return f"{n}. "
    return _mark(option.correct) if kind.scored else "- "


def _item(markup: str, media: Shelf) -> list[str]:
    """Return the blocks that an option holds; the first is a paragraph, which alone can bear a mark."""
    blocks = to_blocks(markup, media, within="li") or [as_text(markup)]
    return blocks if is_paragraph(blocks[0]) else ["&nbsp;", *blocks]


def _mark(correct: bool) -> str:
    return f"- [{'x' if correct else ' '}] "


def _inline(markup: str, media: Shelf) -> str:
    return to_line(markup, media) or as_text(markup)
