"""A module for reading as a PDF: the XHTML of the EPUB book, printed by WeasyPrint."""

from __future__ import annotations

from pathlib import Path

from sclt.errors import EnvironmentFault
from sclt.exchange.formats import Format, Writer
from sclt.exchange.pages import PAGE, cover, document, media_files, page
from sclt.exchange.solutions import solutions
from sclt.model.course import Module
from sclt.model.finding import Finding
from sclt.storage import reading, writing
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
    media = media_files(module, root)
    for content in media.values():
        if isinstance(content, Path):
            reading.size(content)  # WeasyPrint would leave out what has vanished
    folder = (root / module.folder).resolve().as_uri() + "/"
    own = {folder + name: Path(str(path)).resolve().as_uri() for name, path in media.items()}

    class Own(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            if url not in own:
                raise ValueError("only the module's own files are read")
            return super().fetch(own[url], headers)

    title = module.metadata.title[language]
    pages = "".join(page(module, p.texts[language], f"#{PAGE}{{}}".format) for p in module.pages)
    text = document(title, module, language, cover(module, language) + pages + solutions(module, language))
    try:
        with writing.appearing(out) as stream:
            weasyprint.HTML(string=text, base_url=folder, url_fetcher=Own()).write_pdf(stream, pdf_variant="pdf/ua-1")
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror or error}.", str(out)) from error


def _write(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    write_pdf(module, root, language, out)
    return []


FORMAT = Format(
    "pdf",
    "PDF",
    writer=Writer(
        _write,
        "the same with the answers at its end, printed by WeasyPrint (which needs Pango) and marked up for screen "
        "readers (PDF/UA-1)",
    ),
)
