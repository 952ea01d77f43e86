"""A theme as files: rules that stand behind the runtime's own stylesheet, and the logo."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from sclt.model.course import Theme
from sclt.model.site import Content

_GENERIC = frozenset({"serif", "sans-serif", "system-ui", "monospace", "cursive", "ui-serif", "ui-sans-serif"})
_LOGO_HEIGHT = 2.25
_LOGO = "#course-title::before,.landing h1::before,.statement::before"
"""Where the logo stands."""


def brand_files(theme: Theme, root: Path) -> dict[str, Content]:
    """Return what a theme puts into the runtime folder of a package; ``root`` is the course folder."""
    css = _stylesheet(theme)
    files: dict[str, Content] = {"theme.css": css.encode()} if css else {}
    for picture in filter(None, (theme.logo, theme.logo_dark, theme.cover)):
        files[PurePosixPath(picture).name] = root / picture
    return files


def _stylesheet(theme: Theme) -> str:
    rules = _root(theme.light | {name: font_stack(families) for name, families in theme.fonts.items()})
    if theme.dark:
        rules += f"@media screen and (prefers-color-scheme:dark){{{_root(theme.dark)}}}"
    if theme.logo:
        rules += (
            f"{_LOGO}{{content:'';display:inline-block;flex:none;height:{_LOGO_HEIGHT}rem;"
            f"width:{_LOGO_HEIGHT * theme.ratio:.4g}rem;margin-right:.7rem;vertical-align:middle;"
            f"background:{_url(theme.logo)} center/contain no-repeat;print-color-adjust:exact}}"
        )
    if theme.logo_dark:
        rules += f"@media screen and (prefers-color-scheme:dark){{{_LOGO}{{background-image:{_url(theme.logo_dark)}}}}}"
    if theme.cover:
        rules += f".cover .art{{background:{_url(theme.cover)} center/cover}}.cover .art>*{{display:none}}"
    return rules


def _url(picture: str) -> str:
    return f"url({PurePosixPath(picture).name})"


def _root(properties: dict[str, str]) -> str:
    return f":root{{{';'.join(f'--{name}:{value}' for name, value in properties.items())}}}" if properties else ""


def font_stack(families: tuple[str, ...]) -> str:
    """Return names of font families as CSS has them."""
    return ",".join(name if name in _GENERIC else f'"{name}"' for name in families)
