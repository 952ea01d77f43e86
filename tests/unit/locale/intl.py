"""What CLDR says of languages, as Node's ICU has it."""

from __future__ import annotations

import json
import subprocess
from typing import Any

SCRIPT = """
const [tags, numbers] = JSON.parse(process.argv[1]);
const part = (format, number, type) => format.formatToParts(number).find((each) => each.type === type).value;
console.log(JSON.stringify(Object.fromEntries(tags.map((tag) => {
  const rules = new Intl.PluralRules(tag);
  return [tag, {
    name: new Intl.DisplayNames(tag, { type: 'language' }).of(tag),
    decimal: part(new Intl.NumberFormat(tag), 1.5, 'decimal'),
    percent: new Intl.NumberFormat(tag, { style: 'percent' }).format(0.07),
    categories: rules.resolvedOptions().pluralCategories,
    selected: numbers.map((number) => rules.select(number)),
  }];
}))));
"""


def cldr(tags: list[str], numbers: list[float]) -> dict[str, dict[str, Any]]:
    """Return by tag: name, decimal mark, 7 % written, categories of plurals, and the category of each number."""
    done = subprocess.run(
        ["node", "--eval", SCRIPT, json.dumps([tags, numbers])], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found
