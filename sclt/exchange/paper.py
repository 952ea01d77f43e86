"""Tasks on paper: lines to write on, lists in place of menus, scenarios whose branches can be followed."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html
from lxml.html import builder

_OFFERED = "./option[@value!='']/text()"
_BLANK = "_" * 24
_SIGNS = {"radio": "○\u2002", "checkbox": "☐\u2002"}


def on_paper(main: html.HtmlElement, words: dict[str, str]) -> None:
    """Put what can be read and written on in place of what is clicked; ``words`` are those of documents."""
    _give_room(main)
    for choice in main.find_class("choice"):
        for label in choice.xpath("./label"):
            label.drop_tree()
        for field in choice.xpath("./input"):
            choice.replace(field, builder.SPAN(_SIGNS[field.get("type", "")]))
    for field in main.xpath(".//input"):
        _replace(field, _BLANK)
    for area in main.xpath(".//label[@for]"):
        area.tag = "span"
        area.attrib.pop("for")
    for pairs in main.xpath('.//ul[contains(@class,"pairs")]'):
        _part(pairs)
    for menu in main.xpath(".//select"):
        _replace(menu, f"({' / '.join(menu.xpath(_OFFERED))})")
    for scenario in main.xpath('.//section[contains(@class,"scenario")]'):
        _branch(scenario, words)
    for order in main.xpath('.//ol[contains(@class,"order")]'):  # its own order would be the answer
        order[:] = sorted(order, key=lambda line: line.text_content())
        order.tag = "ul"


def _part(pairs: html.HtmlElement) -> None:
    """Put a line to write on behind each left side, and all right sides below them."""
    offered = pairs.xpath(".//li[1]/select/option[@value!='']/text()")
    for menu in pairs.xpath(".//select"):
        _replace(menu, f"– {_BLANK}")
    pairs.addnext(builder.P(" · ".join(sorted(map(str, offered)))))


def _give_room(main: html.HtmlElement) -> None:
    """Put an empty cell in place of a field in a table, as many lines as it had in place of another large one."""
    for cell in main.xpath('.//td[.//*[contains(@class,"field")]]'):
        if not cell.text_content().strip():
            cell[:] = []
            cell.set("class", "room")
            next(cell.iterancestors("table")).set("class", "rooms")
    for field in main.xpath(".//textarea"):
        if field.get("rows", "1") == "1":
            _replace(field, _BLANK)
            continue
        lines = [builder.SPAN("\u00a0", {"class": "write"}) for _ in range(int(field.get("rows", "1")))]
        lines[-1].tail, field.tail = field.tail, None
        for line in reversed(lines):
            field.addnext(line)
        field.drop_tree()


def _branch(scenario: html.HtmlElement, words: dict[str, str]) -> None:
    """Give the steps of a scenario numbers, and say in a table which one each choice leads to."""
    steps = scenario.xpath('./div[contains(@class,"step")]')
    numbers = {step.get("data-step"): str(n) for n, step in enumerate(steps, 1)}
    for step in steps:
        name, score = step.get("data-step"), step.get("data-score")
        place = f"{scenario.get('id')}-{name}"
        ending = "" if score is None else f" – {words['ending'].lower()}, {score} %"
        step.insert(0, builder.H3(f"{words['step']} {numbers[name]}{ending}", id=place))
        step.attrib.pop("tabindex", None)
        for choices in step.xpath('./ul[contains(@class,"choices")]'):
            step.replace(choices, _table(choices, str(scenario.get("id")), numbers, words))


def _table(
    choices: html.HtmlElement, scenario: str, numbers: dict[str, str], words: dict[str, str]
) -> html.HtmlElement:
    head = builder.TR(builder.TH(words["choice"], scope="col"), builder.TH(words["go_on"], scope="col"))
    rows = _rows(choices, scenario, numbers, words)
    return builder.TABLE({"class": "branches"}, builder.THEAD(head), builder.TBODY(*rows))


def _rows(
    choices: html.HtmlElement, scenario: str, numbers: dict[str, str], words: dict[str, str]
) -> Iterator[html.HtmlElement]:
    for button in choices.xpath("./li/button"):
        goto = button.get("data-goto", "")
        said = builder.TD()
        said.text = button.text
        said.extend(button)
        link = builder.A(f"{words['step']} {numbers.get(goto, '')}", href=f"#{scenario}-{goto}")
        yield builder.TR(said, builder.TD(link))


def _replace(element: html.HtmlElement, text: str) -> None:
    """Put a text where an element is."""
    element.tail = f"{text}{element.tail or ''}"
    element.drop_tree()
