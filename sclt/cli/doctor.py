"""sclt doctor: what is installed, what is missing, and how to mend it."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from sclt.cli.terminal import paint
from sclt.storage import browsers
from sclt.storage.extras import how_to_install, libraries

if TYPE_CHECKING:
    from packaging.requirements import Requirement


class Component(NamedTuple):
    """Something that sclt uses: for what, which version or path is there (empty: none), and how to get it."""

    name: str
    needed_for: str
    found: str
    mend: str

    @property
    def state(self) -> Literal["fine", "missing", "optional"]:
        """Missing is what every command needs; optional what some command or the tests would need."""
        return "fine" if self.found else "missing" if self.needed_for == "everything" else "optional"


_EXTRAS = {
    "preview": "sclt preview and watch",
    "lrs": "sclt lrs",
    "keyring": "secrets in the keyring",
    "exchange": "import and export",
    "records": "sclt records report",
    "translate": "sclt translate with PO",
    "spark": "records report with Spark",
    "mcp": "sclt mcp",
    "browser": "pictures in sclt mcp",
}
_LIBRARIES = {
    "mammoth": "import of .docx",
    "weasyprint": "export to PDF",
}
"""What a library is for, where an extra has several that serve different things."""
_PROGRAMS = (
    ("node", ("node", "nodejs"), "make preview and the tests", "Install Node.js 20 or newer."),
    ("java", ("java",), "records report with Spark", "Install Java 17 (Debian: default-jre-headless)."),
)


_CHROMIUM = "Install it (Debian: chromium), or: playwright install chromium"


@click.command(epilog="Example:  sclt doctor")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is shown.")
def doctor(form: str) -> None:
    """Tell what is installed and what is missing, and how to mend it. Exit status 3: something needed is missing."""
    components = list(_components())
    if form == "json":
        click.echo(json.dumps([{**c._asdict(), "state": c.state} for c in components], ensure_ascii=False, indent=2))
    else:
        for component in components:
            click.echo(_told(component))
        absent = sum(not c.found for c in components)
        click.echo(f"{absent} of {len(components)} not there" if absent else "all is there", err=True)
    sys.exit(3 if any(c.state == "missing" for c in components) else 0)


def _told(component: Component) -> str:
    """Return a line of a table; below it how to mend it, where it is not there."""
    colour = {"fine": "green", "missing": "red", "optional": "yellow"}[component.state]
    state = paint(f"{component.state:8}", colour)
    line = f"{state}  {component.name:16}  {component.found or '-':17}  {component.needed_for}"
    return line if component.found else f"{line}\n{'':10}{component.mend}"


def _components() -> Iterator[Component]:
    yield _python()
    yield from _libraries()
    yield _scorm_again()
    for name, commands, use, mend in _PROGRAMS:
        yield Component(name, use, _program(commands), mend)
    yield _pango()
    yield Component("chromium", "sclt mcp, the tests", browsers.on_path() or browsers.fetched(), _CHROMIUM)
    yield _writable("current folder", Path.cwd())
    yield _writable("temporary folder", Path(tempfile.gettempdir()))


def _python() -> Component:
    version = sys.version_info[:3]
    shown = ".".join(map(str, version))
    return Component("Python", "everything", shown if version >= (3, 11) else "", "Install Python 3.11 or newer.")


def _libraries() -> Iterator[Component]:
    """Yield what sclt's own metadata require, and each of its extras."""
    from importlib.metadata import PackageNotFoundError

    try:
        always = list(libraries(""))
    except PackageNotFoundError:
        yield Component("sclt", "everything", "", "Install it: pip install .")
        return
    for requirement in always:
        yield _library(requirement, "everything")
    for extra, use in _EXTRAS.items():
        for requirement in libraries(extra):
            yield _library(requirement, _LIBRARIES.get(requirement.name, use))


def _library(requirement: Requirement, use: str) -> Component:
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version(requirement.name)
    except PackageNotFoundError:
        return Component(requirement.name, use, "", how_to_install(requirement))
    if found not in requirement.specifier:
        return Component(requirement.name, use, "", f"{found} is too old. {how_to_install(requirement)}")
    return Component(requirement.name, use, found, "")


def _scorm_again() -> Component:
    from sclt.preview import scormagain

    found = "installed" if scormagain.is_installed() else ""
    return Component("scorm-again", "sclt preview", found, f"Install it: {scormagain.how_to_install()}")


def _program(commands: tuple[str, ...]) -> str:
    return next((path for command in commands if (path := shutil.which(command))), "")


def _pango() -> Component:
    from ctypes.util import find_library

    found = find_library("pango-1.0") or ""
    return Component("Pango", "export to PDF", found, "Install it (Debian: libpango-1.0-0 libpangoft2-1.0-0).")


def _writable(name: str, folder: Path) -> Component:
    try:
        with tempfile.TemporaryFile(dir=folder):
            found = str(folder)
    except OSError:
        found = ""
    return Component(
        name, "everything", found, f"Nothing can be written to {folder}: free space, or change its rights."
    )
