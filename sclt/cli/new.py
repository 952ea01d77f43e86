"""sclt new: skeletons of programmes, modules, pages and questions."""

from __future__ import annotations

from pathlib import Path

import click

from sclt.authoring.new import KINDS, new_module, new_page, new_programme, new_question

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def new() -> None:
    """Make a skeleton that passes 'sclt check' at once; 'TODO' stands where you write. Asks for what is not given."""


def _tell(files: list[Path]) -> None:
    for path in files:
        click.echo(path)
    click.echo("Replace each TODO; 'sclt check' lists what is left.", err=True)


@new.command(epilog="Example:  sclt new programme office --iri https://example.org/courses/office")
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--in", "folder", type=_FOLDER, default="source_modules", help="The folder of programmes.")
@click.option("--iri", help="A web address that stands for the programme in learning records.")
@click.option("--module", default="first-module", help="The identifier of its first module.")
@click.option("--language", "languages", multiple=True, default=["lt", "en"], help="A language; give it several times.")
def programme(identifier: str | None, folder: Path, iri: str | None, module: str, languages: tuple[str, ...]) -> None:
    """Make a programme with its first module."""
    identifier = identifier or click.prompt("Identifier of the programme")
    iri = iri or click.prompt("Web address under a domain of yours", default=f"https://example.org/{identifier}")
    _tell(new_programme(folder, identifier, iri, module, languages))


@new.command(epilog="Example:  sclt new module first-day --in source_modules/office")
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--in", "folder", type=_FOLDER, help="The programme's folder.")
def module(identifier: str | None, folder: Path | None) -> None:
    """Make a module with a page and a question, and name it in programme.yaml."""
    folder = folder or click.prompt("Folder of the programme", type=_FOLDER)
    _tell(new_module(folder, identifier or click.prompt("Identifier of the module")))


@new.command(epilog="Example:  sclt new page welcome --in source_modules/office/first-day")
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--in", "folder", type=_FOLDER, help="The module's folder.")
def page(identifier: str | None, folder: Path | None) -> None:
    """Make a page in every language, and name it in module.yaml."""
    folder = folder or click.prompt("Folder of the module", type=_FOLDER)
    _tell(new_page(folder, identifier or click.prompt("Identifier of the page")))


@new.command(epilog="Example:  sclt new question first-step --in source_modules/office/first-day --page welcome")
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--in", "folder", type=_FOLDER, help="The module's folder.")
@click.option("--page", help="The page that gets it.")
@click.option("--type", "kind", type=click.Choice(KINDS), help="The type of question, 'scenario' or 'pool'.")
def question(identifier: str | None, folder: Path | None, page: str | None, kind: str | None) -> None:
    """Append a question, a scenario or a pool to a page in every language."""
    folder = folder or click.prompt("Folder of the module", type=_FOLDER)
    page = page or click.prompt("Page")
    kind = kind or click.prompt("Type", type=click.Choice(KINDS))
    _tell(new_question(folder, page, identifier or click.prompt("Identifier of the question"), kind))
