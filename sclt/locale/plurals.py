"""Rules of plurals as CLDR writes them (UTS #35 part 3, 5.1), such as ``n % 10 = 1 and n % 100 != 11..19``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

_RELATION = re.compile(r"([nivwftce])(?: % (\d+))? (!?=) (\d+(?:\.\.\d+)?(?:,\d+(?:\.\.\d+)?)*)")


def category(rules: Mapping[str, str], shown: str) -> str:
    """Return the category of a number as it is ``shown``, with a full stop before decimals: "other" if no rule holds.

    Raises ValueError for what is no rule.
    """
    operands = _operands(shown)
    return next((name for name, rule in rules.items() if _holds(rule, operands)), "other")


def _operands(shown: str) -> dict[str, Decimal]:
    """Return what rules speak of: the number, its whole part, and its decimals, counted and as a number.

    ``v`` and ``f`` are of all decimals, ``w`` and ``t`` without the zeros at their end. ``c`` and ``e`` are the power
    of ten of a shortened number such as 1.2 million, which is never shown.
    """
    whole, _, decimals = shown.removeprefix("-").partition(".")
    trimmed = decimals.rstrip("0")
    return {
        "n": Decimal(f"{whole}.{decimals}"),
        "i": Decimal(whole),
        "v": Decimal(len(decimals)),
        "w": Decimal(len(trimmed)),
        "f": Decimal(decimals or 0),
        "t": Decimal(trimmed or 0),
        "c": Decimal(0),
        "e": Decimal(0),
    }


def _holds(rule: str, operands: Mapping[str, Decimal]) -> bool:
    return any(all(_is_so(relation, operands) for relation in either.split(" and ")) for either in rule.split(" or "))


def _is_so(relation: str, operands: Mapping[str, Decimal]) -> bool:
    match = _RELATION.fullmatch(relation)
    if not match:
        raise ValueError(f"'{relation}' is no relation of a plural rule.")
    value = operands[match[1]]
    return _is_among(value % int(match[2]) if match[2] else value, match[4]) == (match[3] == "=")


def _is_among(value: Decimal, ranges: str) -> bool:
    """Tell whether a number is one of the whole numbers of ``2..4,7``."""
    ends = (each.partition("..") for each in ranges.split(","))
    return value == int(value) and any(int(low) <= value <= int(high or low) for low, _, high in ends)
