"""The whole source format as one value that programs read: files, Markdown, containers, types of questions, examples.

Everything is taken from where it is declared; `sclt schema` and the tools of `sclt mcp` show it.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from sclt import __version__
from sclt.authoring.new import module_text, page_text, programme_text
from sclt.blocks import KINDS, PLAIN, BlockKind
from sclt.locale import LENDER
from sclt.model.container import ContainerKind, Opt
from sclt.model.finding import Topic
from sclt.questions import ASKED, TYPES, UNLIMITED, QuestionType
from sclt.questions.containers import HOLDERS
from sclt.source.questions import NOTES
from sclt.source.schema import definition

FORMAT = 1
"""Raised where a member of the description changes its meaning."""
Json: TypeAlias = dict[str, Any]
_EXAMPLE = "my-example"
_LANGUAGES = tuple(next(iter(TYPES.values())).skeleton)
_GLOSSARY = """\
- id: social-cluster
  term:
    lt: socialinis klasteris
    en: social cluster
  text:
    lt: Organizacijos, kurios kartu padeda žmogui.
    en: Organisations that help a person together.
"""
_ANSWERS = """\
- id: oiling
  question: {lt: Ar suoliuką reikia aliejuoti?, en: Does a bench need oil?}
  answer: {lt: "Taip, **kas pavasarį**.", en: "Yes, **every spring**."}
  date: 2026-11-02
"""
_MAKERS = """\
authors: [Rūta Jonaitė]
reviewers: []
contact: {}
"""
_THEME = """\
colours:
  light: {accent: "#0a5767"}
fonts:
  reading: [Georgia, serif]
"""


class SourceFile(NamedTuple):
    """A kind of file: where it lies in a programme's folder, what it is for, its definition in the schema."""

    place: str
    purpose: str
    definition: str
    example: str


def files() -> dict[str, SourceFile]:
    """Return every kind of file of sources by its name."""
    return {
        "programme.yaml": SourceFile(
            "programme.yaml",
            "a programme: its texts, languages and modules",
            "programme",
            programme_text(f"https://example.org/courses/{_EXAMPLE}", "first-module", _LANGUAGES),
        ),
        "module.yaml": SourceFile(
            "MODULE/module.yaml",
            "a module: its texts, objectives and pages",
            "module",
            module_text(_LANGUAGES),
        ),
        "page": SourceFile(
            "MODULE/LANGUAGE/PAGE.md",
            "a page in one language: front matter, which the schema describes, then Markdown",
            "page",
            page_text("introduction", LENDER),
        ),
        "glossary.yaml": SourceFile(
            "MODULE/glossary.yaml", "terms that pages link to (term:ID)", "glossary", _GLOSSARY
        ),
        "answers.yaml": SourceFile(
            "MODULE/answers/PAGE.yaml", "published answers to what was asked about a page", "answers", _ANSWERS
        ),
        "makers.yaml": SourceFile(
            "../makers.yaml",
            "who wrote and reviewed the programmes of a folder, and how to reach them",
            "makers",
            _MAKERS,
        ),
        "theme.yaml": SourceFile("theme/theme.yaml", "logo, colours, fonts and words of a programme", "theme", _THEME),
    }


MARKDOWN: Mapping[str, str] = {
    "`10^3^`, `H~2~O`": "superscript and subscript",
    "`Term`, below it a line `: what it means`": "a list of definitions",
    "`- [ ] water`, `- [x] plant`": "a list of tasks, outside of questions",
    "`text[^oak]`, and a paragraph `[^oak]: The note.`": "a footnote; notes stand at the end of the page",
    "a paragraph `: What it shows` below a table": "the table's caption, which stands above it",
    "`[c'est la vie]{lang=fr}`": "a phrase in another language, which a screen reader then speaks as that",
    "`$x^2$`, and between lines of `$$`": "a formula in TeX, within a line or in a line of its own",
    "` ```python `": "code in the colours of its language",
}
"""What pages have beside CommonMark and tables: what to write, and what for."""


def described() -> Json:
    """Return the whole format; its members are those that docs/schema.md tells."""
    return {
        "format": FORMAT,
        "sclt": __version__,
        "rules": f"sclt rules --topic {Topic.SOURCES.value} --format json",
        "files": {name: _file(file) for name, file in files().items()},
        "markdown": [{"write": write, "for": purpose} for write, purpose in MARKDOWN.items()],
        "containers": {name: _container(each) for name, each in _containers().items()},
        "questions": {name: _question(each) for name, each in TYPES.items()},
        "notes": list(NOTES),
    }


def part(name: str) -> tuple[str, Json] | None:
    """Return one file, container or type of question with the group that it is in; None where there is none."""
    whole = described()
    found = ((group, whole[group][name]) for group in ("questions", "containers", "files") if name in whole[group])
    return next(found, None)


def names() -> Iterator[tuple[str, str, str]]:
    """Yield group, name and purpose of everything that can be asked for by its name."""
    yield from (("files", name, file.purpose) for name, file in files().items())
    yield from (("containers", name, each.purpose) for name, each in _containers().items())
    yield from (("questions", name, _body(each)) for name, each in ASKED.items())


def _file(file: SourceFile) -> Json:
    return {
        "place": file.place,
        "purpose": file.purpose,
        "schema": definition(file.definition),
        "example": file.example,
    }


def _containers() -> dict[str, ContainerKind | BlockKind]:
    return {**PLAIN, **HOLDERS, **KINDS}


def _container(kind: ContainerKind | BlockKind) -> Json:
    told = {
        "purpose": kind.purpose,
        "body": kind.body,
        "options": _options(kind.options),
        "example": _examples(_skeleton(kind)),
    }
    if isinstance(kind, ContainerKind):
        return told | {"inside": kind.inside, "holds": kind.holds}
    parts = {"least": kind.least, "mark": kind.mark, "located": kind.located}
    return told | {"inside": "", "holds": "", "pictures": kind.pictures, "parts": parts, "text": kind.text}


def _skeleton(kind: ContainerKind | BlockKind) -> Mapping[str, str]:
    """Return what shows a container: its own skeleton, that of what holds it, or that of a type of question."""
    outer = next((each for each in _containers().values() if kind.name == getattr(each, "holds", "")), None)
    typed = next((each for each in TYPES.values() if kind.name == each.container), None)
    return kind.skeleton or (typed.skeleton if typed else _skeleton(outer) if outer else {})


def _question(kind: QuestionType[Any]) -> Json:
    usual = {"retries": "unlimited" if kind.retries == UNLIMITED else str(kind.retries)}
    usual |= {name: str(getattr(kind, name)).lower() for name in ("shuffle", "partial")}
    options = _options({**HOLDERS[kind.container].options, **kind.options})
    for name in usual.keys() & options.keys():
        options[name]["usual"] = usual[name]
    return {
        "container": kind.container,
        "body": _body(kind),
        "scored": kind.scored,
        "listed": kind.listed,
        "in_text": kind.in_text,
        "pictured": kind.pictured,
        "options": options,
        "example": _examples(kind.skeleton),
    }


def _body(kind: QuestionType[Any]) -> str:
    """Return what a type's body has; as a cell of the guide's table it has bars behind backslashes."""
    return (kind.body or HOLDERS[kind.container].body).replace("\\|", "|")


def _options(options: Mapping[str, Opt]) -> dict[str, Json]:
    return {
        name: {
            "value": option.form,
            "said": option.said,
            "required": option.required,
            "choices": list(option.choices),
            "means": option.means,
            "usual": option.usual,
        }
        for name, option in options.items()
    }


def _examples(skeleton: Mapping[str, str]) -> dict[str, str]:
    """Return a skeleton by language, with a name where an identifier stands."""
    return {language: string.Template(text).substitute(id=_EXAMPLE) for language, text in skeleton.items()}


def as_json(value: Json) -> str:
    """Return a description as JSON text."""
    return json.dumps(value, ensure_ascii=False, indent=2)
