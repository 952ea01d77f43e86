"""theme/theme.yaml: an organisation's logo, colours, fonts and words."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from sclt.locale import said
from sclt.model.course import Theme
from sclt.source.contrast import contrast, standing_out
from sclt.source.rules import Sheet
from sclt.source.schema import suggestion
from sclt.source.yamltext import Document
from sclt.storage import reading, resources
from sclt.storage.pictures import size_of

_SCHEMES = ("light", "dark")
_TEXT, _EDGE = 4.5, 3.0  # WCAG 2.2: 1.4.3 for text, 1.4.11 for what bounds a field or a button
PAIRS = (
    *((name, ground, _TEXT) for name in ("ink", "accent") for ground in ("paper", "card", "wash", "tint")),
    *((name, ground, _TEXT) for name in ("soft", "right", "wrong") for ground in ("paper", "card", "wash")),
    *(("ink", ground, _TEXT) for ground in ("warn-wash", "warm-wash")),
    *(("warn", ground, _TEXT) for ground in ("warn-wash", "paper", "card")),
    ("warm", "warm-wash", _TEXT),
    ("on-accent", "accent", _TEXT),
    *(("edge", ground, _EDGE) for ground in ("paper", "card")),
)
"""Which colours stand on which, and the least contrast that they may have."""
_FOLLOWS = {"card": "paper", "warm": "accent", "warm-wash": "tint"}
"""Colours that, where a theme does not name them, are what it says of another."""
_PLACEHOLDER = re.compile(r"\{\w+\}")


def read_theme(document: Document, folder: Path, name: str, languages: tuple[str, ...], sheet: Sheet) -> Theme:
    """Return the theme of a ``document`` that has the form of the schema; ``name`` is its folder for places.

    Faults go onto the sheet: colours that do not stand out, a missing logo, words that nothing says.
    """
    facts: dict[str, Any] = document.value
    own = {scheme: facts.get("colours", {}).get(scheme, {}) for scheme in _SCHEMES}
    _check_contrast(own, document, sheet)
    _check_words(facts.get("words", {}), languages, document, sheet)
    named = {scheme: _following(colours) for scheme, colours in own.items()}
    changed = list(dict.fromkeys([*named["light"], *named["dark"]]))
    ratio = _ratio_of_logo(facts["logo"], folder, document, sheet) if "logo" in facts else 0.0
    light, dark = (default_colours(scheme) | named[scheme] for scheme in _SCHEMES)
    return Theme(
        {key: light[key] for key in changed},
        {key: dark[key] for key in changed},
        fonts={key: tuple(families) for key, families in facts.get("fonts", {}).items()},
        logo=f"{name}/{facts['logo']}" if ratio else "",
        ratio=ratio or 1.0,
        words=facts.get("words", {}),
        logo_dark=_picture("logo-dark", facts, folder, name, document, sheet) if ratio else "",
        cover=_picture("cover", facts, folder, name, document, sheet),
    )


def _following(colours: dict[str, str]) -> dict[str, str]:
    """Return a theme's colours of a scheme with those that follow from them."""
    return colours | {key: colours[of] for key, of in _FOLLOWS.items() if of in colours and key not in colours}


@functools.cache
def default_colours(scheme: str) -> dict[str, str]:
    """Return the colours of the runtime's theme.css: the first ``:root`` is light, the second what is dark instead."""
    blocks = re.findall(r":root \{([^}]*)\}", resources.read("runtime", "theme.css").decode())
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)) for block in blocks[:2])
    return light if scheme == "light" else light | dark


def _check_contrast(own: dict[str, dict[str, str]], document: Document, sheet: Sheet) -> None:
    for scheme in _SCHEMES:
        colours = default_colours(scheme) | _following(own[scheme])
        for name, ground, least in PAIRS:
            key = next((k for k in (name, ground) if k in own[scheme]), "")
            if not key or contrast(colours[name], colours[ground]) >= least:
                continue
            # Rounded down: 4.499 is not 4.5.
            ratio = int(contrast(colours[name], colours[ground]) * 100) / 100
            shade = standing_out(colours[name], {colours[on]: needed for of, on, needed in PAIRS if of == name})
            sheet.note(
                "theme.contrast",
                document.place("colours", scheme, key),
                f"{name} {colours[name]} on {ground} {colours[ground]} has a contrast of {ratio:.2f} to 1, but needs "
                f"{least:g} ({scheme} scheme).",
                f"'{name}: \"{shade}\"' would do." if shade else f"Choose another '{ground}'.",
            )


def _check_words(own: dict[str, dict[str, str]], languages: tuple[str, ...], document: Document, sheet: Sheet) -> None:
    for language, texts in own.items():
        if language not in languages:
            sheet.note(
                "language.unknown",
                document.key("words", language),
                f"'{language}' is not a language of the programme.",
                suggestion(language, languages),
            )
        known = said(language)
        for key, text in texts.items():
            _check_word(known, key, text, ("words", language, key), document, sheet)


def _check_word(
    known: dict[str, str], key: str, text: str, path: tuple[str, ...], document: Document, sheet: Sheet
) -> None:
    if key not in known:
        sheet.note("yaml.unknown", document.key(*path), f"nothing says the word '{key}'.", suggestion(key, known))
    elif (wanted := set(_PLACEHOLDER.findall(known[key]))) != set(_PLACEHOLDER.findall(text)):
        shown = ", ".join(sorted(wanted)) or "none"
        sheet.note(
            "yaml.value",
            document.place(*path),
            f"'{key}' has not the same places to fill in as '{known[key]}'.",
            f"Its places are: {shown}.",
        )


def _picture(key: str, facts: dict[str, Any], folder: Path, name: str, document: Document, sheet: Sheet) -> str:
    """Return the path of a picture that a theme names below the course folder; '' where it names none or lacks it."""
    file = facts.get(key, "")
    if file and not (folder / file).is_file():
        mend = "Put it beside theme.yaml."
        sheet.note("file.missing", document.place(key), f"there is no file '{file}' in the theme.", mend)
        return ""
    return f"{name}/{file}" if file else ""


def _ratio_of_logo(logo: str, folder: Path, document: Document, sheet: Sheet) -> float:
    """Return a logo's width by its height; 0, and a fault on the sheet, where it is missing or no picture."""
    path = folder / logo
    if not path.is_file():
        mend = "Put it beside theme.yaml."
        sheet.note("file.missing", document.place("logo"), f"there is no file '{logo}' in the theme.", mend)
        return 0.0
    width, height = size_of(reading.content(path))
    if width <= 0 or height <= 0:
        mend = "Save it as PNG, or as SVG with a viewBox."
        sheet.note("yaml.value", document.place("logo"), f"the size of '{logo}' cannot be told.", mend)
        return 0.0
    return width / height
