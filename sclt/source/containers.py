"""A container as it stands in a page: its name, its options, and the tokens inside."""

from __future__ import annotations

from markdown_it.token import Token

from sclt.source.markdown import Text
from sclt.source.options import read_options


class Container:
    """A container as it was read: its opening token, its options, and the tokens inside."""

    def __init__(self, text: Text, tokens: list[Token]) -> None:
        self.token, self.inner = tokens[0], tokens[1:-1]
        self.name, self.options = read_options(text, self.token)
        if not text.closed(self.token):
            text.note(
                "container.open",
                text.place(self.token),
                f"'{self.name}' is not closed.",
                f"Put a line '{self.token.markup}' behind it.",
            )

    def required(self, text: Text, key: str, rule: str = "container.option") -> str:
        """Return an option that must be there; its absence is noted."""
        if not self.options.get(key):
            text.note(
                rule,
                text.place(self.token),
                f"'{self.name}' lacks '{key}'.",
                "Add {#a-short-name}." if key == "id" else f'Add {{{key}="…"}}.',
            )
        return str(self.options.get(key, ""))
