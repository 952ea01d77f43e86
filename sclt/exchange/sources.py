"""From a draft to a module's sources: Markdown pages, media, module.yaml; all of it appears at once or not at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import yaml

from sclt.errors import EnvironmentFault, UsageError
from sclt.exchange.draft import Draft, Names, Page, as_text
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
from sclt.storage.extras import missing

_GAP = re.compile(r'<span data-gap="([^"]+)"></span>')
_PICTURE = re.compile(r"""(<img\b[^>]*?\bsrc\s*=\s*)(["'])(.*?)\2""", re.IGNORECASE | re.DOTALL)
_SCRIPTS = re.compile(r"<(script|style|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


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
    if not fresh:
        draft.lose(1, f"the programme does not list '{into.name}'.", f"Add it to 'modules' of {programme.name}.")
    return into


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
    media = _media(draft)
    pages = {names.new(page.title): page for page in draft.pages}
    texts = {f"{language}/{name}.md": _page(page, ids, media).encode() for name, page in pages.items()}
    files = {f"media/{media[src]}": content for src, content in draft.media.items()}
    module = _about(draft.title, language) | {"duration": "PT1H", "pages": list(pages)}
    return texts | files | {"module.yaml": _yaml(module)}


def _media(draft: Draft) -> dict[str, str]:
    """Return a name for each medium: ASCII, lower case, each once."""
    names: dict[str, str] = {}
    for src, content in draft.media.items():
        path = PurePosixPath(src.split("?")[0])
        stem = re.sub(r"[^a-z0-9_-]+", "-", path.stem.lower()).strip("-") or "picture"
        suffix = re.sub(r"[^.a-z0-9]", "", path.suffix.lower())
        plain = f"{stem}{suffix}"
        taken = plain in names.values()
        names[src] = f"{stem}-{hashlib.sha256(content + src.encode()).hexdigest()[:6]}{suffix}" if taken else plain
    return names


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


def _page(page: Page, ids: Names, media: dict[str, str]) -> str:
    head = yaml.safe_dump({"title": page.title}, allow_unicode=True).strip()
    parts = [f"---\n{head}\n---", as_markdown(page.html, media)]
    parts += [_question(question, ids.new(question.id), media) for question in page.questions]
    return "\n\n".join(part for part in parts if part) + "\n"


def as_markdown(markup: str, media: dict[str, str]) -> str:
    """Return HTML as the author's Markdown; pictures lead to ``../media``, those unknown are left out."""
    try:
        from markdownify import markdownify
    except ModuleNotFoundError as error:
        raise missing("markdownify", "exchange") from error

    def picture(match: re.Match[str]) -> str:
        name = media.get(unquote(match[3])) or media.get(match[3])
        return f'{match[1]}"../media/{name}"' if name else "<span "

    markup = _PICTURE.sub(picture, _SCRIPTS.sub("", markup))
    try:
        text: str = markdownify(markup, heading_style="ATX", bullets="-", escape_misc=True, strip=["a"])
    except RecursionError as error:
        raise UsageError(
            "the HTML nests too deeply.", hint="Take out the elements that only lie in each other."
        ) from error
    text = "\n".join(line.rstrip() for line in text.replace(":::", "\\:::").splitlines())
    return re.sub(r"^# ", "## ", re.sub(r"\n{3,}", "\n\n", text), flags=re.MULTILINE).strip()


def _question(question: Question, name: str, media: dict[str, str]) -> str:
    prompt = as_markdown(_GAP.sub(r"sclt0gap0\1\0", question.prompt).replace("\0", "0end"), media)
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


def _lines(question: Question, media: dict[str, str]) -> Iterator[str]:
    match question:
        case ChoiceQuestion() | TextQuestion() if not type_of(question).fixed:
            for n, o in enumerate(question.options, 1):
                yield _start(type_of(question), n, o) + _inline(o.html, media)
                yield from _feedback(o.feedback, media)
        case PairsQuestion():
            for pair in question.pairs:
                yield f"- {_inline(pair.left, media)} :: {_inline(pair.right, media)}".replace("-  ::", "- ::")
        case NumberQuestion():
            for r in question.ranges:
                numbers = f"{r.low:.10g}" if r.low == r.high else f"{r.low:.10g}..{r.high:.10g}"
                yield _mark(r.correct) + numbers
                yield from _feedback(r.feedback, media)


def _feedback(markup: str, media: dict[str, str]) -> Iterator[str]:
    if markup:
        yield f"  > {_inline(markup, media)}"


def _start(kind: QuestionType[Any], n: int, option: Option) -> str:
    """Return how the n-th line of a list begins: its number, its mark, or neither where nothing is right or wrong."""
    if kind.shape == "order":
        return f"{n}. "
    return _mark(option.correct) if kind.scored else "- "


def _mark(correct: bool) -> str:
    return f"- [{'x' if correct else ' '}] "


def _inline(markup: str, media: dict[str, str]) -> str:
    return " ".join(as_markdown(markup, media).split()) or as_text(markup)
