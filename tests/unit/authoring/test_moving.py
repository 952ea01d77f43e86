"""Blocks and pages moved: nothing else changes, and links to headings that moved go on leading to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sclt.authoring.moving import alike, carried, stretches, swapped
from sclt.authoring.yamlfile import with_moved
from sclt.errors import UsageError

FIRST = """\
---
title: First
---

## One

Text with [a link](#two) and [another](second.md#far).

## Two

:::question {#q type=true-false answer=true}
See [above](#one).
:::

[note]: https://example.org
"""
SECOND = """\
---
title: Second
---

Back to [two](first.md#two).

## Far
"""
PAGES = {"first": FIRST, "second": SECOND}


def test_blocks_are_what_stands_at_the_left_margin() -> None:
    found = stretches(FIRST)
    assert [(each.kind, each.identifier) for each in found] == [
        ("heading", ""),
        ("paragraph", ""),
        ("heading", ""),
        ("question", "q"),
    ]
    assert [each.label for each in found][::2] == ["One", "Two"]
    assert found[-1].end == FIRST.count("\n")  # what Markdown does not show belongs to the block above


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_block_changes_places_with_its_neighbour_and_back(ending: str) -> None:
    pages = {name: text.replace("\n", ending) for name, text in PAGES.items()}
    made = swapped(pages, "first", 1, up=True)
    assert list(made) == ["first"]
    assert made["first"].index("Text with") < made["first"].index("## One") < made["first"].index("## Two")
    assert sorted(made["first"].split(ending)) == sorted(pages["first"].split(ending))
    assert {**pages, **swapped({**pages, **made}, "first", 0, up=False)} == pages


def test_a_file_without_an_end_of_line_keeps_its_lines_apart() -> None:
    source = "---\ntitle: A\n---\n# x\n\none\n\ntwo"
    assert swapped({"a": source}, "a", 1, up=False)["a"] == "---\ntitle: A\n---\n# x\n\ntwo\n\none\n"


def test_links_follow_a_heading_to_another_page() -> None:
    made = carried(PAGES, "first", 2, "second")
    assert made["second"].endswith("## Far\n\n## Two\n")
    assert "[a link](second.md#two)" in made["first"] and "## Two" not in made["first"]
    assert "Back to [two](second.md#two)" in made["second"]


def test_links_of_a_block_that_goes_lead_back() -> None:
    made = carried(PAGES, "first", 3, "second", objective="goal")
    assert "See [above](first.md#one)." in made["second"]
    assert ":::question {#q type=true-false answer=true objective=goal}" in made["second"]
    assert ":::question" not in made["first"]


def test_a_heading_that_is_called_otherwise_there_is_linked_as_that() -> None:
    pages = {"first": FIRST, "second": SECOND.replace("## Far", "## Two\n\n[here](#two)")}
    made = carried(pages, "first", 2, "second")
    assert "[a link](second.md#two-1)" in made["first"]
    assert "Back to [two](second.md#two-1)" in made["second"] and "[here](#two)" in made["second"]


def test_equal_headings_that_change_places_are_told_apart() -> None:
    source = "---\ntitle: A\n---\n\n## Same\n\n## Same\n\n[one](#same) [two](#same-1)\n"
    made = swapped({"a": source}, "a", 0, up=False)
    assert "[one](#same-1) [two](#same)" in made["a"]


def test_two_lists_that_would_become_one_stay_apart() -> None:
    source = "---\ntitle: A\n---\n\n- one\n\n## Between\n\n- two\n"
    with pytest.raises(UsageError, match="something else"):
        swapped({"a": source}, "a", 1, up=True)


@pytest.mark.parametrize(("number", "up"), [(0, True), (3, False), (9, True), (-1, False)])
def test_nothing_moves_beyond_the_ends(number: int, up: bool) -> None:
    with pytest.raises(UsageError):
        swapped(PAGES, "first", number, up)


@pytest.mark.parametrize(("number", "target"), [(0, "first"), (0, "third"), (4, "second")])
def test_no_block_goes_where_there_is_nothing(number: int, target: str) -> None:
    with pytest.raises(UsageError):
        carried(PAGES, "first", number, target)


def test_pages_in_two_languages_are_alike_whatever_their_words() -> None:
    assert alike([FIRST, FIRST.replace("Text", "Tekstas")])
    assert not alike([FIRST, FIRST.replace("{#q ", "{#other ")])
    assert not alike([FIRST, FIRST.replace("Text with", "Text\n\nwith")])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pages: [a, b, c] # all", "pages: [b, a, c] # all"),
        (
            "pages:\n  - a  # first\n  # of two\n  - b\n  - c\ntitle: x",
            "pages:\n  - b\n  # of two\n  - a  # first\n  - c\ntitle: x",
        ),
        ('pages: ["a",\n  b, c]', 'pages: [b,\n  "a", c]'),
        ("pages:\r\n- a\r\n- b # x\r\n- c\r\n", "pages:\r\n- b # x\r\n- a\r\n- c\r\n"),
        ("pages:\n- a\n- b\n- c", "pages:\n- b\n- a\n- c"),
    ],
)
def test_an_item_of_a_list_moves_with_its_comment(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "module.yaml"
    path.write_bytes(before.encode())
    assert with_moved(path, "pages", "a", up=False) == after
    path.write_bytes(after.encode())
    assert with_moved(path, "pages", "a", up=True) == before


@pytest.mark.parametrize(("item", "up"), [("a", True), ("c", False), ("d", True)])
def test_a_list_moves_nothing_beyond_its_ends(tmp_path: Path, item: str, up: bool) -> None:
    path = tmp_path / "module.yaml"
    path.write_text("pages: [a, b, c]\n")
    with pytest.raises(UsageError):
        with_moved(path, "pages", item, up)


def test_what_yaml_refers_to_is_not_torn_apart(tmp_path: Path) -> None:
    path = tmp_path / "module.yaml"
    path.write_text("pages: [&a one, *a, two]\n")
    with pytest.raises(UsageError):
        with_moved(path, "pages", "two", up=True)
