"""Containers: from a page's tokens to its blocks. `READERS` says which function reads which container."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown_it.token import Token

from sclt.blocks import KINDS
from sclt.model.course import (
    AnyQuestion,
    Ask,
    Block,
    Box,
    Choice,
    Details,
    Field,
    Piece,
    Pool,
    Prose,
    Scenario,
    Step,
    Tab,
    Tabs,
    Worksheet,
)
from sclt.source.containers import Container
from sclt.source.markdown import CONTAINER_OPEN, Text, plain, plain_blocks
from sclt.source.pieces import read_piece
from sclt.source.questions import groups, matching_end, read_question

BOXES = ("note", "tip", "important", "example", "case", "reflection", "summary", "sources")
_STRAY_FENCE = re.compile(r"^:{3,}")


class Reader:
    """Reads the blocks of one page."""

    def __init__(self, text: Text, objectives: tuple[str, ...]) -> None:
        self.text, self.objectives = text, objectives

    def blocks(self, tokens: list[Token]) -> tuple[Block, ...]:
        """Read tokens into blocks: runs of prose, and containers between them."""
        found: list[Block] = []
        prose: list[Token] = []
        for group in groups(tokens):
            if group[0].type != CONTAINER_OPEN:
                self._check_stray(group)
                prose += group
                continue
            found += self._prose(prose)
            prose = []
            block = self._container(Container(self.text, group))
            found += [block] if block else []
        return (*found, *self._prose(prose))

    def _prose(self, tokens: list[Token]) -> list[Block]:
        return [Prose(self.text.html(tokens))] if tokens else []

    def _check_stray(self, group: list[Token]) -> None:
        for token in group:
            if token.type == "inline" and _STRAY_FENCE.match(token.content):
                self.text.note(
                    "container.open",
                    self.text.place(token),
                    "this fence closes nothing.",
                    "Give the opening line a name, or remove the fence.",
                )

    def _container(self, container: Container) -> Block | None:
        if reader := READERS.get(container.name):
            block: Block | None = reader(self, container)
            return block
        if container.name in ("tab", "step"):
            outer = "tabs" if container.name == "tab" else "scenario"
            self.text.note(
                "container.place",
                self.text.place(container.token),
                f"'{container.name}' stands outside of '{outer}'.",
                f"Put it into '::::{outer}' (with four colons).",
            )
        return None

    def _parts(self, container: Container, name: str) -> list[Container]:
        """Return the containers called ``name`` that a container consists of; anything else is noted."""
        parts = []
        for group in groups(container.inner):
            part = Container(self.text, group) if group[0].type == CONTAINER_OPEN else None
            if part and part.name == name:
                parts.append(part)
            else:
                self.text.note(
                    "container.place",
                    self.text.place(group[0]),
                    f"only '{name}' can stand in '{container.name}'.",
                    f"Move this out, or open the outer container with more colons than '{name}'.",
                )
        if not parts:
            self.text.note(
                "container.place",
                self.text.place(container.token),
                f"'{container.name}' is empty.",
                f"Put ':::{name}' into it, and open it with four colons.",
            )
        return parts

    def _box(self, container: Container) -> Box:
        return Box(container.name, container.options.get("title", ""), self.blocks(container.inner))

    def _details(self, container: Container) -> Details:
        return Details(container.required(self.text, "title"), self.blocks(container.inner))

    def _tabs(self, container: Container) -> Tabs:
        return Tabs(
            tuple(
                Tab(part.required(self.text, "title"), self.blocks(part.inner))
                for part in self._parts(container, "tab")
            )
        )

    def _ask(self, container: Container) -> Ask:
        return Ask(self.blocks(container.inner))

    def _piece(self, container: Container) -> Piece | None:
        return read_piece(self.text, container, self.blocks)

    def _question(self, container: Container) -> AnyQuestion | None:
        return read_question(self.text, container.token, container.inner, container.options, self.objectives)

    def _pool(self, container: Container) -> Pool | None:
        identifier = container.required(self.text, "id", "id.missing")
        parts = self._parts(container, "question")
        questions = tuple(q for part in parts if (q := self._question(part)))
        draw = container.options.get("draw", len(parts))
        if not 0 < draw <= len(parts):
            self.text.note(
                "container.option",
                self.text.place(container.token),
                f"{draw} cannot be drawn out of {len(parts)} questions.",
                "Mend 'draw', or add questions.",
            )
        if len({q.points for q in questions}) > 1:
            self.text.note(
                "container.option",
                self.text.place(container.token),
                "the questions of the pool have different points.",
                "Give them the same, so that each draw is worth the same.",
            )
        place = self.text.place(container.token)
        return Pool(identifier, draw, questions, place) if identifier and questions else None

    def _scenario(self, container: Container) -> Scenario | None:
        identifier = container.required(self.text, "id", "id.missing")
        title = container.required(self.text, "title")
        steps = tuple(self._step(part) for part in self._parts(container, "step"))
        options = container.options
        scenario = Scenario(
            identifier,
            title,
            options.get("points", 0.0),
            options.get("objective", self._objective()),
            steps,
            self.text.place(container.token),
            options.get("was", ()),
        )
        self._check_scenario(scenario)
        return scenario if identifier else None

    def _objective(self) -> str:
        return self.objectives[0] if len(self.objectives) == 1 else ""

    def _step(self, part: Container) -> Step:
        body = list(part.inner)
        choices: tuple[Choice, ...] = ()
        tops = groups(part.inner)
        last = tops[-1] if tops else []
        if last and last[0].type == "bullet_list_open" and any(_is_step_link(t) for t in last):
            body = part.inner[: -len(last)]
            choices = tuple(self._choice(group) for group in groups(last[1:-1]))
        return Step(
            part.required(self.text, "id", "id.missing"),
            self.blocks(body),
            choices,
            part.options.get("score"),
            self.text.place(part.token),
            part.options.get("was", ()),
        )

    def _choice(self, group: list[Token]) -> Choice:
        inline = next((t for t in group if t.type == "inline"), group[0])
        children = inline.children or []
        link = next((c for c in children if c.type == "link_open"), None)
        goto = str(link.attrs.get("href", "")).removeprefix("#") if link else ""
        if not link or len([c for c in children if c.nesting == 0 and c.level == 0 and c.content.strip()]):
            self.text.note(
                "scenario.body",
                self.text.place(group[0]),
                "this choice is not one link to a step.",
                "Write '- [what the learner does](#step)'.",
            )
        shown = plain(children)
        feedback = "".join(self.text.html(b[1:-1]) for b in groups(group[1:-1]) if b[0].type == "blockquote_open")
        inner = [c for c in children if c.type not in ("link_open", "link_close")]
        html = self.text.inline(Token("inline", "", 0, children=inner, map=inline.map, meta={}))
        return Choice(goto, html, shown, feedback)

    def _check_scenario(self, scenario: Scenario) -> None:
        ids = [step.id for step in scenario.steps]
        for step in scenario.steps:
            if not step.choices and step.score is None:
                self.text.note(
                    "scenario.body",
                    step.place,
                    f"the step '{step.id}' has neither choices nor a score.",
                    "Add a list of links to steps, or 'score=' for an ending.",
                )
            for choice in step.choices:
                if choice.goto and choice.goto not in ids:
                    self.text.note(
                        "scenario.body",
                        step.place,
                        f"there is no step '{choice.goto}'.",
                        f"Steps are: {', '.join(ids)}.",
                    )
        for step in _unreached(scenario):
            self.text.note(
                "scenario.body", step.place, f"no choice leads to the step '{step.id}'.", "Link to it, or remove it."
            )
        if scenario.steps and all(step.choices for step in scenario.steps):
            self.text.note("scenario.body", scenario.place, "the scenario has no ending.", "Add a step with 'score='.")

    def _worksheet(self, container: Container) -> Worksheet | None:
        identifier = container.required(self.text, "id", "id.missing")
        title = container.required(self.text, "title")
        fields = read_fields(container.inner)
        if not fields:
            self.text.note(
                "worksheet.body",
                self.text.place(container.token),
                "the worksheet has no field.",
                "Put ____ where the learner writes.",
            )
        blocks = self.blocks(container.inner)
        place, was = self.text.place(container.token), container.options.get("was", ())
        return Worksheet(identifier, title, blocks, fields, place, was) if identifier else None


def _is_step_link(token: Token) -> bool:
    links = (c for c in token.children or [] if c.type == "link_open")
    return any(str(link.attrs.get("href", "")).startswith("#") for link in links)


def _unreached(scenario: Scenario) -> list[Step]:
    steps = {step.id: step for step in scenario.steps}
    reached, waiting = set(), [step.id for step in scenario.steps[:1]]
    while waiting:
        step = waiting.pop()
        if step in steps and step not in reached:
            reached.add(step)
            waiting += [choice.goto for choice in steps[step].choices]
    return [step for step in scenario.steps if step.id not in reached]


def read_fields(tokens: list[Token]) -> tuple[Field, ...]:
    """Name the fields of a worksheet after the text before them, or after column and row of their table.

    A field's identifier is f1, f2 … by its place unless it bears one.
    """
    fields: list[Field] = []
    columns: list[str] = []
    row: list[str] = []
    for n, token in enumerate(tokens):
        if token.type == "table_open":
            columns, row = _columns(tokens[n : matching_end(tokens, n)]), []
        elif token.type == "table_close":
            columns = []
        elif token.type == "tr_open":
            row = []
        if token.type == "inline":
            fields += _fields(token, len(fields), columns, row)
    return tuple(fields)


def _columns(tokens: list[Token]) -> list[str]:
    return [plain_blocks(tokens[n + 1 : n + 2]) for n, t in enumerate(tokens) if t.type == "th_open"]


def _fields(token: Token, count: int, columns: list[str], row: list[str]) -> list[Field]:
    fields: list[Field] = []
    children = token.children or []
    column = columns[len(row)] if len(row) < len(columns) else ""
    for n, child in enumerate(children):
        if child.type == "field":
            child.meta["id"] = child.meta.get("given") or f"f{count + len(fields) + 1}"
            before = plain(children[:n]).strip(" :–-") or ", ".join(filter(None, (row[0] if row else "", column)))
            fields.append(Field(child.meta["id"], before, int(child.content or 1)))
    row.append(plain(children))
    return fields


READERS: dict[str, Callable[[Reader, Container], Any]] = {
    **dict.fromkeys(BOXES, Reader._box),
    "details": Reader._details,
    "tabs": Reader._tabs,
    "ask": Reader._ask,
    **dict.fromkeys(KINDS, Reader._piece),
    "pool": Reader._pool,
    "question": Reader._question,
    "scenario": Reader._scenario,
    "worksheet": Reader._worksheet,
}
