"""What is bound as a book to read: a module, or the modules of a programme one after another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from sclt.exchange.pages import cover, logo_name, opening
from sclt.model.course import Metadata, Module, Page, Programme, Theme, is_test
from sclt.model.site import Content
from sclt.render.pages import media_files


class Book(NamedTuple):
    """A book in all languages of ``modules``; ``whole`` is a programme's, which is divided by its modules."""

    iri: str
    metadata: Metadata
    theme: Theme
    modules: tuple[Module, ...]
    whole: bool = False

    def cover(self, language: str) -> str:
        """Return its first page as XHTML."""
        return cover(self.metadata, self.theme, language)

    def opening(self, module: Module, language: str) -> str:
        """Return the page before a module's pages as XHTML; a module's own book has its cover for that."""
        return opening(module, language) if self.whole else ""

    def folder(self, module: Module) -> str:
        """Return where the files of a module lie in it, with a slash at the end; its root is ''."""
        return f"{module.id}/" if self.whole else ""

    def media(self, root: Path) -> dict[str, Content]:
        """Return pictures, films and the logo by their path; ``root`` is the course's folder."""
        files: dict[str, Content] = {logo_name(self.theme): root / self.theme.logo} if self.theme.logo else {}
        for module in self.modules:
            files |= {f"{self.folder(module)}{name}": content for name, content in media_files(module, root).items()}
        return files


def entries(module: Module, language: str, row: Callable[[Page], str]) -> str:
    """Return the entries of a module's pages in a table of contents, each as ``row`` writes it.

    A group has a list of its own below its title (EPUB 3.3, 5.4.1).
    """
    made = []
    for group, pages in module.grouped:
        rows = "".join(map(row, pages))
        made.append(f"<li><span>{escape(group.title[language])}</span><ol>{rows}</ol></li>" if group else rows)
    return "".join(made)


def of_module(module: Module) -> Book:
    """Return a module as a book."""
    return Book(module.iri, module.metadata, module.theme, (module,))


def of_programme(programme: Programme) -> Book:
    """Return a programme as a book: all its modules but tests, whose answers a book would tell."""
    modules = tuple(module for module in programme.modules if not is_test(module))
    return Book(programme.iri, programme.metadata, programme.theme, modules, whole=True)
