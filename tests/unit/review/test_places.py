"""Whatever a reviewer can comment on is found again in the sources, at its line, as long as nobody edits it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from sclt.authoring.described import described
from sclt.authoring.new import new_programme
from sclt.review.anchoring import Found, anchor
from sclt.review.document import review_document
from sclt.source.load import load
from sclt.storage.cache import Cache

BESIDE = """
:::question {#noted type=single-choice points=2}
What is *it*, and why[^why]?

- [x] {#aa} Yes, **it** is
  > Because `it` is.
- [ ] No

> Hint: Think of H~2~O and of $x^2$.

> Correct: Right [so](https://example.org).
:::

[^why]: It is said here.

Term
: What it means

- [ ] a task to do

```python
print("some code")
```

![A picture](../media/picture.svg "What it is about")
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with every container and type of question."""
    folder = tmp_path_factory.mktemp("reviewed")
    new_programme(folder, "office", "https://example.org/office", "first-day", ["en"])
    whole, module = described(), folder / "office" / "first-day"
    parts = [
        part["example"]["en"].replace("my-example", f"{group}-{name}")
        for group in ("containers", "questions")
        for name, part in whole[group].items()
        if name not in ("tab", "step", "question", "pool")
        and not (group == "containers" and name in whole["questions"])
    ]
    text = re.sub(r"TODO:? ?", "", "\n\n".join(parts))
    (module / "en" / "introduction.md").write_text(f"---\ntitle: All\n---\n\n{text}\n{BESIDE}", encoding="utf-8")
    for finding in load(module, Cache())[1]:
        if match := re.search(r"there is no file '(media/[^']+)'", finding.message):
            (module / match[1]).parent.mkdir(exist_ok=True)
            (module / match[1]).write_bytes(b"x")
    return module


def places(module: Path) -> Iterator[tuple[str, str]]:
    """Yield what each place of the review page is known by, as review.js has it, and the question around it."""
    document = html.fromstring(review_document(load(module, Cache())[0]))
    for place in document.xpath("//section[@data-page]//*[@data-place]"):
        quote = place.get("data-name") or place.get("data-quote") or " ".join(place.text_content().split())
        around = place.xpath("ancestor-or-self::*[@data-question]/@data-question")
        yield quote[:600], around[-1] if around else ""


@pytest.mark.slow
def test_every_place_is_found_where_it_stands(course: Path) -> None:
    source = (course / "en" / "introduction.md").read_text(encoding="utf-8")
    lost, lines = [], set()
    for quote, question in places(course):
        found = anchor(source, "introduction", quote, question)
        lines.add(found.line)
        if found.found is not Found.THERE:
            lost.append(quote)
    assert lost == []
    assert len(lines) > 100


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        ("What it is about", "![A picture]"),
        ('print("some code")', "print("),
        ("What is it, and why?", "What is *it*"),
        ("Think of H2O and of x2.", "> Hint:"),
        ("Name who that is", ":::person"),
        ("It is said here. ↩︎", "[^why]:"),
    ],
)
def test_the_line_is_the_one_that_shows_it(course: Path, quote: str, line: str) -> None:
    source = (course / "en" / "introduction.md").read_text(encoding="utf-8")
    found = anchor(source, "introduction", quote)
    assert source.split("\n")[found.line - 1].startswith(line)


def test_after_an_edit_it_says_so_or_that_the_text_is_gone(course: Path) -> None:
    source = (course / "en" / "introduction.md").read_text(encoding="utf-8")
    quote = "What is it, and why?"
    edited = source.replace("What is *it*, and why[^why]?", "What was *it*, and why[^why]?")
    assert anchor(edited, "introduction", quote, "noted").found is Found.EDITED
    moved = f"{source.split('---')[0]}---{source.split('---')[1]}---\n\nA new paragraph.\n{source.split('---', 2)[2]}"
    assert anchor(moved, "introduction", quote, "noted").found is Found.THERE
    gone = source.replace("What is *it*, and why[^why]?", "Choose.")
    found = anchor(gone, "introduction", quote, "noted")
    assert found.found is Found.GONE
    assert source.split("\n")[found.line - 1].startswith((":::question {#noted", "Choose", "What is"))
