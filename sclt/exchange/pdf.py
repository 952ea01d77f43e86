"""A module for reading as a PDF: the XHTML of the EPUB book, printed by WeasyPrint."""

from __future__ import annotations

from pathlib import Path

from sclt.errors import EnvironmentFault
from sclt.exchange.formats import Format, Writer
from sclt.exchange.pages import cover, document, media_files, page
from sclt.model.course import Module
from sclt.model.finding import Finding
from sclt.storage import writing
from sclt.storage.extras import missing


def write_pdf(module: Module, root: Path, language: str, out: Path) -> None:
    """Print a module by WeasyPrint; raises EnvironmentFault where that or its libraries are missing."""
    try:
        import weasyprint
    except ModuleNotFoundError as error:
        raise missing("weasyprint", "exchange") from error
    except OSError as error:
        hint = "Install Pango (Debian: libpango-1.0-0 libpangoft2-1.0-0)."
        raise EnvironmentFault("WeasyPrint misses a library of the system, most likely Pango.", hint=hint) from error
    folder = (root / module.folder).resolve().as_uri() + "/"
    own = {folder + name: Path(str(path)).resolve().as_uri() for name, path in media_files(module, root).items()}

    class Own(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            if url not in own:
                raise ValueError("only the module's own files are read")
            return super().fetch(own[url], headers)

    body = cover(module, language) + "".join(page(module, p.texts[language], lambda _id: "") for p in module.pages)
    text = document(module.metadata.title[language], module, language, body)
    try:
        with writing.appearing(out) as stream:
            weasyprint.HTML(string=text, base_url=folder, url_fetcher=Own()).write_pdf(stream)
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror or error}.", str(out)) from error


def _write(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    write_pdf(module, root, language, out)
    return []


FORMAT = Format("pdf", "PDF", writer=Writer(_write, "the same, printed by WeasyPrint (which needs Pango)"))
