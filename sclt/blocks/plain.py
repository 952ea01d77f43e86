"""The containers that have readers of their own: boxes of text, what opens, and tasks on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sclt.model.container import WAS, ContainerKind, Opt

_TITLE = Opt(means="the heading that stands above it")
_ID = Opt("identifier", required=True, means="the identifier; the same in each language")


def _boxes() -> Iterator[ContainerKind]:
    purposes = {
        "note": "a remark beside the text",
        "tip": "a remark beside the text",
        "important": "a remark beside the text",
        "example": "an example from practice",
        "case": "a part of the worked case that runs through a module",
        "reflection": "a question to think over, nothing to fill in",
        "summary": "what to take along",
        "sources": "a list of sources and further reading",
    }
    for name, purpose in purposes.items():
        yield ContainerKind(
            name=name,
            purpose=purpose,
            options={"title": _TITLE},
            body="text, lists, tables and pictures",
            skeleton={
                "en": f':::{name} {{title="TODO: a title"}}\nTODO: The text.\n:::',
                "lt": f':::{name} {{title="TODO: pavadinimas"}}\nTODO: Tekstas.\n:::',
            },
        )


_DETAILS = ContainerKind(
    name="details",
    purpose="text that opens on demand (it prints open)",
    options={"title": Opt(required=True, means="the words that open it")},
    body="text, lists, tables and pictures",
    skeleton={
        "en": ':::details {title="TODO: what opens it"}\nTODO: The text that opens.\n:::',
        "lt": ':::details {title="TODO: ką atverti"}\nTODO: Atveriamas tekstas.\n:::',
    },
)
_TABS = ContainerKind(
    name="tabs",
    purpose="alternatives side by side",
    body="a `tab` for each alternative",
    holds="tab",
    skeleton={
        "en": """\
::::tabs
:::tab {title="TODO: the first one"}
TODO: What there is to say of the first one.
:::

:::tab {title="TODO: the second one"}
TODO: What there is to say of the second one.
:::
::::""",
        "lt": """\
::::tabs
:::tab {title="TODO: pirmoji"}
TODO: Ką pasakyti apie pirmąją.
:::

:::tab {title="TODO: antroji"}
TODO: Ką pasakyti apie antrąją.
:::
::::""",
    },
)
_TAB = ContainerKind(
    name="tab",
    purpose="one of the alternatives",
    options={"title": Opt(required=True, means="the words of the tab")},
    body="text, lists, tables and pictures",
    inside="tabs",
)
_ASK = ContainerKind(
    name="ask",
    purpose="a form for a question to the authors; the body introduces it",
    body="what learners may ask, and who answers",
    skeleton={
        "en": ":::ask\nTODO: What may be asked here, and who answers.\n:::",
        "lt": ":::ask\nTODO: Ko čia galima klausti ir kas atsakys.\n:::",
    },
)
_WORKSHEET = ContainerKind(
    name="worksheet",
    purpose="a practical task to fill in, save as a Word document and print",
    options={"id": _ID, "title": Opt(required=True, means="the heading that stands above it"), "was": WAS},
    body="text, lists and tables with fields: `____`, or `____ x4` for one of four lines",
    skeleton={
        "en": """\
:::worksheet {#$id title="TODO: the title of the task"}
TODO: What to do, and with whom.

- TODO: the first thing to fill in: ____ x3
- TODO: the second thing to fill in: ____
:::""",
        "lt": """\
:::worksheet {#$id title="TODO: užduoties pavadinimas"}
TODO: Ką padaryti ir su kuo.

- TODO: pirmas laukas: ____ x3
- TODO: antras laukas: ____
:::""",
    },
)
_ALL = (*_boxes(), _DETAILS, _TABS, _TAB, _ASK, _WORKSHEET)
PLAIN: Mapping[str, ContainerKind] = {container.name: container for container in _ALL}
"""Every such container by its name."""
