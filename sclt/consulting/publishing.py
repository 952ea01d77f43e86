"""Writes an answer into the sources of a course, where it is published with the next build."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

from sclt.authoring.files import read, write_all
from sclt.authoring.yamlfile import facts_in, facts_of
from sclt.consulting.asked import Asked
from sclt.errors import UsageError

_UNWRITTEN = "TODO"
_NAME = re.compile(r"[^a-z0-9]+")


class Draft(NamedTuple):
    """What is to be published: texts by language, ``id`` and ``author`` where somebody says them."""

    question: dict[str, str]
    answer: dict[str, str]
    id: str = ""
    author: Mapping[str, str] = MappingProxyType({})


def draft_of(file: Path, asked: Asked) -> Draft:
    """Return the answer in a file: YAML with ``question`` and ``answer`` by language, or a text in the question's own.

    Raises UsageError for YAML of another form.
    """
    text = read(file)
    if file.suffix.lower() not in (".yaml", ".yml"):
        return Draft({asked.language: asked.text}, {asked.language: text.strip()})
    facts = facts_in(text, file)
    told = facts if isinstance(facts, dict) else {}
    answer = _texts(told.get("answer"))
    if not answer:
        raise UsageError("has no 'answer:' by language.", str(file), "Write 'answer: {en: …}'.")
    return Draft(
        _texts(told.get("question")) or {asked.language: asked.text},
        answer,
        str(told.get("id") or ""),
        _texts(told.get("author")),
    )


def _texts(value: Any) -> dict[str, str]:
    return {str(tag): str(text) for tag, text in value.items()} if isinstance(value, Mapping) else {}


def publish(course: Path, asked: Asked, draft: Draft, author: str, day: str) -> str:
    """Add an answer to ``answers/<page>.yaml`` of the module that was asked about; returns where it stands.

    What lacks in a language of the course is written as a text to do. Raises UsageError where the course has no such
    module or page.
    """
    folder, languages = _module(course, asked)
    if asked.page not in facts_of(folder / "module.yaml").get("pages", ()):
        raise UsageError(
            f"the module has no page '{asked.page}'.", str(folder), "Publish it by hand, under another page."
        )
    path = folder / "answers" / f"{asked.page}.yaml"
    before = read(path) if path.is_file() else ""
    taken = {str(each.get("id")) for each in facts_in(before, path) or () if isinstance(each, dict)}
    entry: dict[str, Any] = {
        "id": _identifier(draft.id or asked.text, taken),
        "question": _in_all(draft.question, languages, asked.language),
        "answer": _in_all(draft.answer, languages, asked.language),
    }
    if draft.author or author:
        entry["author"] = _in_all(draft.author or dict.fromkeys(languages, author), languages, asked.language)
    entry["date"] = day
    text = before if not before or before.endswith("\n") else f"{before}\n"
    text += yaml.dump([entry], Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)
    facts_in(text, path)
    write_all({path: text})
    return f"{path.relative_to(course)}:{entry['id']}"


class _Plain(yaml.SafeDumper):
    """Writes texts of several lines as blocks."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Plain.add_representer(str, _text)


def _in_all(texts: Mapping[str, str], languages: list[str], own: str) -> dict[str, str]:
    source = texts.get(own) or next(iter(texts.values()), "")
    return {
        tag: texts.get(tag) or (source if "" in texts and len(languages) == 1 else f"{_UNWRITTEN} {source}")
        for tag in languages
    }


def _identifier(text: str, taken: set[str]) -> str:
    """Return an identifier made of the first words, another than those that are taken."""
    words = _NAME.sub("-", text.lower()).strip("-")[:40].strip("-")
    name = words if words[:1].isalpha() else f"q-{words}".strip("-")
    number = 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return found


def _module(course: Path, asked: Asked) -> tuple[Path, list[str]]:
    """Return the folder of the module that a question names by IRI or identifier, and its languages."""
    found = []
    programmes = (
        [course] if (course / "programme.yaml").is_file() else [p.parent for p in course.glob("*/programme.yaml")]
    )
    for programme in sorted(programmes):
        facts = facts_of(programme / "programme.yaml")
        for name in facts.get("modules", ()):
            if asked.module in (name, f"{facts.get('iri')}/{name}"):
                found.append((programme / name, list(facts.get("languages", ()))))
    if len(found) != 1:
        hint = (
            "Name the programme that it belongs to."
            if found
            else "Name the sources of the course that was asked about."
        )
        raise UsageError(f"{len(found) or 'no'} modules here are '{asked.module}'.", str(course), hint)
    return found[0]
