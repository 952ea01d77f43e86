"""sclt new: skeletons of programmes, modules, pages, questions and blocks."""

from __future__ import annotations

from pathlib import Path

import click

from sclt.authoring.new import BLOCKS, KINDS, new_block, new_module, new_page, new_programme, new_question
from sclt.cli.lazy import WholeSentences
from sclt.cli.sources import SOURCES, nearest
from sclt.errors import UsageError
from sclt.source.names import check_identifier

_FOLDER = click.Path(path_type=Path, file_okay=False)


class _Identifier(click.ParamType[str]):
    """Refuses at once, and asks again, where an answer cannot be an identifier."""

    name = "identifier"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            check_identifier(value)
        except UsageError as error:
            self.fail(str(error), param, ctx)
        return value


_ID = _Identifier()
_identifier = click.argument("identifier", metavar="[ID]", required=False, type=_ID)
_titles = click.option(
    "--title", "titles", multiple=True, metavar="TEXT", help="Its title; give it again for each further language."
)
_programme = click.option(
    "--in", "folder", type=_FOLDER, default=lambda: nearest("programme.yaml"), help="The programme's folder."
)
_module = click.option(
    "--in", "folder", type=_FOLDER, default=lambda: nearest("module.yaml"), help="The module's folder."
)


@click.group(cls=WholeSentences)
def new() -> None:
    """Make a skeleton that passes 'sclt check' at once; 'TODO' stands where you write. Asks for what is not given."""


def _tell(files: list[Path]) -> None:
    for path in files:
        click.echo(path)
    click.echo("Replace each TODO; 'sclt check' lists what is left.", err=True)


@new.command(epilog="Example:  sclt new programme office --iri https://example.org/courses/office")
@_identifier
@click.option("--in", "folder", type=_FOLDER, default=SOURCES, show_default=True, help="The folder of programmes.")
@click.option("--iri", help="A web address that stands for the programme in learning records.")
@click.option("--module", type=_ID, metavar="ID", default="first-module", show_default=True, help="Its first module.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    default=["lt", "en"],
    show_default=True,
    metavar="TAG",
    help="A language; give it again for each.",
)
@_titles
def programme(
    identifier: str | None,
    folder: Path,
    iri: str | None,
    module: str,
    languages: tuple[str, ...],
    titles: tuple[str, ...],
) -> None:
    """Make a programme with its first module."""
    identifier = identifier or click.prompt("Identifier of the programme", type=_ID)
    iri = iri or click.prompt("Web address under a domain of yours", default=f"https://example.org/{identifier}")
    _tell(new_programme(folder, identifier, iri, module, languages, titles))


@new.command(epilog="Example:  sclt new module first-day --in source_modules/office")
@_identifier
@_programme
@_titles
def module(identifier: str | None, folder: Path | None, titles: tuple[str, ...]) -> None:
    """Make a module with a page, and name it in programme.yaml."""
    folder = folder or click.prompt("Folder of the programme", type=_FOLDER)
    _tell(new_module(folder, identifier or click.prompt("Identifier of the module", type=_ID), titles))


@new.command(epilog="Example:  sclt new page welcome --in source_modules/office/first-day")
@_identifier
@_module
@_titles
def page(identifier: str | None, folder: Path | None, titles: tuple[str, ...]) -> None:
    """Make a page in every language, and name it in module.yaml."""
    folder = folder or click.prompt("Folder of the module", type=_FOLDER)
    _tell(new_page(folder, identifier or click.prompt("Identifier of the page", type=_ID), titles))


@new.command(epilog="Example:  sclt new question first-step --in source_modules/office/first-day --page welcome")
@_identifier
@_module
@click.option("--page", type=_ID, metavar="ID", help="The page that gets it.")
@click.option("--type", "kind", type=click.Choice(KINDS), metavar="TYPE", help=f"One of {', '.join(KINDS)}.")
def question(identifier: str | None, folder: Path | None, page: str | None, kind: str | None) -> None:
    """Append a question to a page in every language."""
    folder = folder or click.prompt("Folder of the module", type=_FOLDER)
    page = page or click.prompt("Page", type=_ID)
    kind = kind or click.prompt("Type", type=click.Choice(KINDS))
    _tell(new_question(folder, page, identifier or click.prompt("Identifier of the question", type=_ID), kind))


@new.command(epilog="Example:  sclt new block timeline --in source_modules/office/first-day --page welcome")
@click.argument("kind", metavar="[KIND]", required=False, type=click.Choice(tuple(BLOCKS)))
@click.option("--in", "folder", type=_FOLDER, help="The module's folder.")
@click.option("--page", type=_ID, metavar="ID", help="The page that gets it.")
@click.option("--id", "identifier", type=_ID, metavar="ID", help="Its identifier, where the block keeps something.")
def block(folder: Path | None, page: str | None, kind: str | None, identifier: str | None) -> None:
    """Append a block or another container, such as cards, a worksheet or a film, to a page in every language."""
    folder = folder or click.prompt("Folder of the module", type=_FOLDER)
    page = page or click.prompt("Page", type=_ID)
    kind = kind or click.prompt("Kind", type=click.Choice(tuple(BLOCKS)))
    if "id" in BLOCKS[kind].options:
        identifier = identifier or click.prompt("Identifier of the block", type=_ID)
    _tell(new_block(folder, page, kind, identifier or ""))


@new.command(epilog="Example:  sclt new editor")
@click.option("--in", "folder", type=_FOLDER, default=".", help="The folder that is opened in the editor.")
def editor(folder: Path) -> None:
    """Make Visual Studio Code know the format: schemas, snippets, and a task that shows what sclt check finds."""
    from sclt.authoring.editor import write_editor

    written, left = write_editor(folder)
    for path in written:
        click.echo(path)
    for path in left:
        click.echo(f"{path} is there already, and is left as it is. docs/editors.md says what it needs.", err=True)
