"""What a browser would send of a form in a page: its fields with what stands in them."""

from __future__ import annotations

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._action, self._inside, self._text, self._select = action, False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._inside = said.get("action", "").partition("?")[0].endswith(self._action)
        if not self._inside:
            return
        name, value = said.get("name", ""), said.get("value", "on")
        if tag == "input" and name and (said["type"] not in ("radio", "checkbox") or "checked" in said):
            self.fields[name] = value
        elif tag == "textarea":
            self._text = name
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in said or self._select not in self.fields):
            self.fields[self._select] = said.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text:
            self.fields[self._text] = self.fields[self._text].removeprefix("\n").replace("\n", "\r\n")
            self._text = ""
        elif tag == "select":
            self._select = ""


def filled(page: str, action: str) -> dict[str, str]:
    """Return the fields of the form of a page whose action ends like this."""
    reading = _Fields(action)
    reading.feed(page)
    assert reading.fields, f"there is no form for {action}"
    return reading.fields
