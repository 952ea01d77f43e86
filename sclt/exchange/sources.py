"""From a draft to a module's sources: Markdown pages, media, module.yaml; all of it appears at once or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    AreasQuestion,
    ChoiceQuestion,
    GapsQuestion,
    NumberQuestion,
    Option,
    Pair,
    PairsQuestion,
    PlacesQuestion,
    Question,
    Range,
    TextQuestion,
)
from sclt.questions import type_of
from sclt.questions.answers import digits, per_cent
from sclt.source.names import check_identifier, check_language
from sclt.storage import writing

_GAP_MARKS = re.compile(r"[\\|*\[\]]")
_SIDES = re.compile(r"((?<![\\`])(`+)(?!`).+?(?<!`)\2(?!`))|(?<!\S)::(?!\S)")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
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
        words = " | ".join((right if o.correct else "") + _GAP_MARKS.sub(r"\\\g<0>", o.text) for o in gap.options)
        prompt = prompt.replace(f"sclt0gap0{gap.id}0end", f"[[{words}]]")
    notes = [
        _quoted_blocks(f"{word}: ", markup, media)
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
    parts = [f":::question {{#{name} {_options(question)}}}\n{prompt}", _picture(question, media), body, *notes]
    return "\n\n".join(part for part in parts if part) + "\n:::"


def _picture(question: Question, media: Shelf) -> str:
    """Return the picture that a question is asked about, in a paragraph of its own."""
    if not isinstance(question, AreasQuestion | PlacesQuestion):
        return ""
    picture = question.picture
    name = media.medium(picture.src)
    if not name:
        message = f"the picture '{picture.src[:200]}', which the question is asked about, is not there."
        media.tell(message, "Add it to media/.")
    shown = _PUNCTUATION.sub(r"\\\g<0>", picture.alt) or "…"
    title = f' "{_quoted(picture.caption)}"' if picture.caption else ""
    return f"![{shown}](../media/{name or 'picture.png'}{title})"


def _options(question: Question) -> str:
    options = [f"type={question.type}", *_common(question)]
    match question:
        case ChoiceQuestion() if type_of(question).fixed:
            options.append(f"answer={'true' if question.options[0].correct else 'false'}")
        case TextQuestion():
            options += _longest([o.text for o in question.options], 60)
        case GapsQuestion():
            options += _longest([o.text for gap in question.gaps if not gap.choose for o in gap.options], 40)
        case NumberQuestion() if question.unit:
            options.append(f'unit="{_quoted(question.unit)}"')
    if isinstance(question, TextQuestion | GapsQuestion) and question.case:
        options.append("case=true")
    return " ".join(options)


def _common(question: Question) -> Iterator[str]:
    """Yield the options that every type has, where they are other than what the type has where nothing is said."""
    kind = type_of(question)
    if kind.scored and question.points != 1:
        yield f"points={question.points:g}" if question.points.is_integer() else f'points="{digits(question.points)}"'
    for name, said, usual in (
        ("shuffle", question.shuffle, kind.shuffle),
        ("partial", question.partial, kind.partial),
    ):
        if said != usual:
            yield f"{name}={str(said).lower()}"


def _longest(texts: list[str], usual: int) -> list[str]:
    longest = max(map(len, texts), default=0)
    return [f"max={longest}"] if longest > usual else []


def _quoted(text: str) -> str:
    """Return a value for quotation marks: an inch gets its own sign."""
    return text.replace('"', "″")


def _lines(question: Question, media: Shelf) -> Iterator[str]:
    match question:
        case ChoiceQuestion() | TextQuestion() if not type_of(question).fixed:
            for n, o in enumerate(question.options, 1):
                start = _start(question, n, o)
                body = [pattern(o)] if isinstance(question, TextQuestion) else _item(o.html, media)
                lines = indented("\n\n".join(body), start.index(" ") + 1)
                yield start + lines if body[0] else start.rstrip() + lines
                yield from _feedback(o.feedback, media)
        case PairsQuestion():
            for pair in question.pairs:
                left, right = (_side(markup, media) for markup in (pair.left, pair.right))
                yield f"- {_at(pair)}{left} :: {right}".replace("  ::", " ::")
        case NumberQuestion():
            for r in question.ranges:
                numbers = digits(r.low) if r.low == r.high else f"{digits(r.low)}..{digits(r.high)}"
                yield _mark(r, _first(question.ranges, r)) + numbers
                yield from _feedback(r.feedback, media)


def _feedback(markup: str, media: Shelf) -> Iterator[str]:
    if markup:
        yield indented(f"  {_quoted_blocks('', markup, media)}", 2)


def _quoted_blocks(word: str, markup: str, media: Shelf) -> str:
    """Return HTML as a quotation that begins with a word; what begins with no paragraph becomes one line."""
    blocks = to_blocks(markup, media, within="li")
    if not blocks or (word and not is_paragraph(blocks[0])):
        blocks = [_inline(markup, media)]
    lines = (word + "\n\n".join(blocks)).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _start(question: ChoiceQuestion | TextQuestion, n: int, option: Option) -> str:
    """Return how the n-th line of a list begins: its number, its mark, or neither where nothing is right or wrong."""
    kind = type_of(question)
    if kind.shape == "order":
        return f"{n}. "
    if not kind.scored:
        return "- "
    fixed = "{.fixed} " if option.fixed else ""
    if kind.shape == "many" and option.credit is not None:
        return f"- [{per_cent(option.credit)}%] {fixed}"
    return _mark(option, kind.shape != "one" or _first(question.options, option)) + fixed + _at(option)


def _at(line: Option | Pair) -> str:
    """Return where a line lies on the question's picture."""
    return f'{{at="{" ".join(digits(number) for number in line.area)}"}} ' if line.area else ""


def _first(lines: Sequence[Option | Range], line: Option | Range) -> bool:
    """Tell whether a line is the first that is wholly right."""
    return next((each for each in lines if each.correct and each.credit in (None, 1)), None) is line


def _side(markup: str, media: Shelf) -> str:
    """Return a side of a pair; what looks like the sign between the sides is escaped."""
    return _SIDES.sub(lambda match: match[1] or "\\::", _inline(markup, media))


def pattern(option: Option) -> str:
    """Return an accepted text in Markdown, in which a star is a wildcard."""
    return "*".join(_PUNCTUATION.sub(r"\\\g<0>", part) for part in option.parts or (option.text,))


def _item(markup: str, media: Shelf) -> list[str]:
    """Return the blocks that an option holds; the first is a paragraph, which alone can bear a mark."""
    blocks = to_blocks(markup, media, within="li") or [as_text(markup)]
    return blocks if is_paragraph(blocks[0]) else ["", *blocks]


def _mark(line: Option | Range, first: bool) -> str:
    """Return the mark of a line: x, nothing, or what it earns; ``first`` says that it may bear the x."""
    if line.credit is None or (line.credit == 1 and first):
        return f"- [{'100%' if line.correct and not first else 'x' if line.correct else ' '}] "
    return f"- [{per_cent(line.credit)}%] " if line.credit else "- [ ] "


def _inline(markup: str, media: Shelf) -> str:
    return to_line(markup, media) or as_text(markup)
