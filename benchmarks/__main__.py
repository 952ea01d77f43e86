"""Run the benchmarks: python -m benchmarks [--cpu] [CASE…]. Exit status 1 when a target is missed.

With --cpu processor time is measured instead of the clock: other work on the machine then matters little.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks.cases import CASES
from benchmarks.measure import CLOCK, Row


def shown(row: Row) -> str:
    """Return a row of the table in Markdown."""
    scale = 100 if row.unit == "%" else 1
    digits = 0 if row.unit == "%" else 2
    ratio = f"{row.ratio * scale:.{digits}f} {row.unit}"
    target = f"≤ {row.target:g} {row.unit}" if row.target is not None else "–"
    verdict = "–" if row.target is None else "missed" if missed(row) else "met"
    return f"| {row.name} | {row.seconds * 1000:,.1f} ms | {row.of * 1000:,.1f} ms | {ratio} | {target} | {verdict} |"


def missed(row: Row) -> bool:
    """Tell whether a target is missed."""
    scale = 100 if row.unit == "%" else 1
    return row.target is not None and row.ratio * scale > row.target


def main(names: list[str]) -> int:
    """Run the cases and print a table."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; medians of runs in turns, {CLOCK.__name__}.\n")
    print("| what : against what | takes | against | ratio | target | |\n|---|---|---|---|---|---|")
    rows: list[Row] = []
    for name in names or CASES:
        with tempfile.TemporaryDirectory(prefix="sclt-bench-") as folder:
            for row in CASES[name](Path(folder)):
                print(shown(row), flush=True)
                rows.append(row)
    return int(any(missed(row) for row in rows))


if __name__ == "__main__":
    chosen = [name for name in sys.argv[1:] if name != "--cpu"]
    if unknown := [name for name in chosen if name not in CASES]:
        sys.exit(f"There is no case '{unknown[0]}'. Cases are: {', '.join(CASES)}.")
    sys.exit(main(chosen))
