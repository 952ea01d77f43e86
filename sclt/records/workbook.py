"""Writes a report as a workbook (.xlsx): a sheet for each question, in one language, to sort and to filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sclt.records import shown, story
from sclt.records.answers import Answer
from sclt.records.story import Report
from sclt.storage.extras import missing

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_WIDEST = 60
_NAME = 31
"""Characters that the name of a sheet may have."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def workbook(report: Report, language: str) -> bytes:
    """Return the workbook; raises EnvironmentFault where the library that writes it is missing."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise missing("xlsxwriter", "records") from None
    out = BytesIO()
    # what learners wrote is text, whatever it looks like
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with Workbook(out, safe) as book:
        _Sheets(book, report, language).write()
    return out.getvalue()


class _Sheets:
    def __init__(self, book: Workbook, report: Report, language: str) -> None:
        self._book, self._report, self._language = book, report, language
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._share = book.add_format({"num_format": "0%", "valign": "top"})
        self._number = book.add_format({"num_format": "0.00", "valign": "top"})
        self._used: set[str] = set()

    def write(self) -> None:
        self._questions()
        if self._report.people is not None:
            self._people()
        for answer in self._report.answers:
            if answer.metric.name == "asked":
                self._asked(answer.metric.title[self._language])
            else:
                self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        names = [name for name in answer.table.column_names if name != "hidden"]
        rows = [[self._value(name, row) for name in names] for row in answer.rows()]
        self._sheet(
            answer.metric.title[self._language], [self._heading(name) for name in names], rows,
            [shown.is_share(name) for name in names], answer.metric.definition[self._language],
        )  # fmt: skip

    def _asked(self, title: str) -> None:
        """Write the questions to the authors, with what became of those that are kept."""
        heads = [self._heading(name) for name in ("question", *story.ASKED[1:])]
        rows = [[self._value(name, row) for name in story.ASKED] for row in self._report.asked()]
        self._sheet(title, heads, rows, [False] * len(heads), self._said("ask_lead"))

    def _questions(self) -> None:
        """Write the questions that fail, with their options in words and the likely cause."""
        heads = [self._heading(name) for name in ("question", "module", "difficulty", "participants", "discrimination")]
        heads += [self._said("cause"), self._said("right"), self._said("chosen_by")]
        rows = [
            [
                card.title[self._language], self._name(card.module), card.share, card.people, card.discrimination,
                card.guess[self._language],
                "\n".join(each.words[self._language] for each in card.choices if each.is_right),
                "\n".join(f"{each.words[self._language]}: {each.chosen}" for each in card.choices),
            ]
            for card in story.cards(self._report)
        ]  # fmt: skip
        shares = [False, False, True, *[False] * 5]
        self._sheet(self._said("q_fail"), heads, rows, shares, self._said("fail_lead", n=len(rows)))

    def _people(self) -> None:
        heads = [
            self._heading(name) for name in ("person", "group", "programme", "done", "modules", "last_place", "seen")
        ]
        rows = [
            [
                each.name, each.group, self._name(each.programme), each.done, each.modules,
                self._name(each.module) if each.module else self._said("not_begun"), each.seen,
            ]
            for each in self._report.people or ()
        ]  # fmt: skip
        self._sheet(self._said("people"), heads, rows, [False] * len(heads), self._said("named"))

    def _said(self, key: str, **values: object) -> str:
        return shown.said(key, **values)[self._language]

    def _heading(self, name: str) -> str:
        return shown.heading(name)[self._language]

    def _name(self, iri: str) -> str:
        return self._report.names.of(iri)[self._language]

    def _value(self, name: str, row: story.Row) -> Any:
        value = row[name]
        if name in shown.PLACES and value:
            return self._name(value)
        if name in ("option", "response") and value is not None and row.get("question"):
            return self._report.names.answer(row["question"], value)[self._language]
        if isinstance(value, int | float) and not isinstance(value, bool) and name not in ("since", "band"):
            return value
        return shown.cell(name, value, row.get("hidden", False))[self._language]

    def _sheet(
        self, title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], shares: Sequence[bool], told: str
    ) -> None:
        sheet = self._book.add_worksheet(self._free(title))
        sheet.write_string(0, 0, title, self._title)
        sheet.write_string(1, 0, told)
        for column, head in enumerate(heads):
            sheet.write_string(3, column, head, self._bold)
            sheet.set_column(column, column, _width([head, *(row[column] for row in rows)]))
        for number, row in enumerate(rows, 4):
            for column, value in enumerate(row):
                self._cell(sheet, number, column, value, shares[column])
        sheet.freeze_panes(4, 1)
        sheet.autofilter(3, 0, 3 + len(rows), max(len(heads) - 1, 0))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(3)

    def _cell(self, sheet: Any, row: int, column: int, value: Any, is_share: bool) -> None:
        if value is None:
            sheet.write_string(row, column, self._said("no_number"), self._text)
        elif isinstance(value, str):
            sheet.write_string(row, column, value[:32767], self._text)
        else:
            form = self._share if is_share else self._number if isinstance(value, float) else None
            sheet.write_number(row, column, value, form)

    def _free(self, title: str) -> str:
        """Return a name for a sheet that is taken by no other."""
        name = title.translate(_FORBIDDEN).strip("' ")[:_NAME]
        number = 2
        while name.lower() in self._used:
            name = f"{name[: _NAME - 3].rstrip()} {number}"
            number += 1
        self._used.add(name.lower())
        return name


def _width(values: Iterable[Any]) -> int:
    longest = max(len(line) for value in values for line in (str(value).splitlines() or [""]))
    return min(max(longest + 2, 9), _WIDEST)
