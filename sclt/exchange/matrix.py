"""What the formats for questions carry, as a table of Markdown: `python -m sclt.exchange.matrix` prints it."""

from __future__ import annotations

from collections.abc import Iterator

from sclt.questions import TYPES, Carried


def matrix() -> str:
    """Return the table that docs/exchange.md has, made of what the types of questions say of each format."""
    forms = sorted({form for kind in TYPES.values() for form in kind.carries})
    head = ["| | " + " | ".join(f"`{form}`" for form in forms) + " |", "|---" * (len(forms) + 1) + "|"]
    return "\n".join([*head, *_types(forms), *_parts(forms)])


def _types(forms: list[str]) -> Iterator[str]:
    for name, kind in TYPES.items():
        cells = ("yes" if form in kind.carries else "in its page" if form == "cc" else "no" for form in forms)
        yield f"| {name} | {' | '.join(cells)} |"


def _parts(forms: list[str]) -> Iterator[str]:
    for part in Carried:
        has = {form: [name for name, kind in TYPES.items() if part in kind.carries.get(form, ())] for form in forms}
        anywhere = {name for names in has.values() for name in names}
        cells = (_cell(has[form], {name for name in anywhere if form in TYPES[name].carries}) for form in forms)
        yield f"| *{part}* | {' | '.join(cells)} |"


def _cell(names: list[str], there: set[str]) -> str:
    if not names:
        return "no"
    return "yes" if set(names) == there else ", ".join(names)


if __name__ == "__main__":
    print(matrix())
