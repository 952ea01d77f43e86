"""From a draft to a module's sources: Markdown pages, media, module.yaml; all of it appears at once or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from sclt.authoring.files import write_all
from sclt.authoring.yamlfile import facts_of, with_item
from sclt.errors import EnvironmentFault, UsageError
from sclt.exchange.draft import Draft, Names, Page
from sclt.exchange.framed import written
from sclt.exchange.frames import Frame, of_question
from sclt.exchange.markdown import to_line, to_markdown
from sclt.exchange.shelf import Shelf
from sclt.source.names import check_identifier, check_language
from sclt.storage import writing


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
    pages = {names.kept(page.id) if page.id else names.new(page.title): page for page in draft.pages}
    media = Shelf(draft, {page.source: name for name, page in pages.items() if page.source})
    texts = {f"{language}/{name}.md": _page(page, ids, media).encode() for name, page in pages.items()}
    media.tell_unused()
    files = {f"media/{name}": content for name, content in media.files().items()}
    module = _about(draft.title, language) | {"duration": "PT1H", "pages": list(pages)}
    if draft.objectives:
        module["objectives"] = [{"id": name, "text": {language: text}} for name, text in draft.objectives.items()]
    listed = {"module.yaml": _yaml(module)}
    if draft.terms:
        said = ((name, term, to_line(text, media)) for name, (term, text) in draft.terms.items())
        listed["glossary.yaml"] = _yaml([{"id": n, "term": {language: t}, "text": {language: x}} for n, t, x in said])
    return texts | files | listed


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
    facts = {"title": page.title} | ({"objectives": list(page.objectives)} if page.objectives else {})
    head = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False).strip()
    media.place = page.place or media.place
    parts = [f"---\n{head}\n---", to_markdown(page.html, media)]
    parts += [written(of_question(question), media, ids) for question in page.questions]
    parts += [written(part, media, ids) if isinstance(part, Frame) else to_markdown(part, media) for part in page.rest]
    return "\n\n".join(part for part in parts if part) + "\n"
