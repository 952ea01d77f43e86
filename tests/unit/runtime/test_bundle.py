"""The runtime of a package is one script: its modules in one scope, of which no two declare the same name."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from sclt.blocks import KINDS
from sclt.questions import TYPES
from sclt.standards import bundle
from sclt.standards.assemble import files_of_blocks
from sclt.standards.bundle import is_fresh, lean_style, modules, runtime, style_of
from tests.places import NODE, REPOSITORY

ADAPTERS = ("adapter-scorm12.js", "adapter-scorm2004.js", "adapter-cmi5.js", "adapter-tincan.js", "adapter-web.js")
EVERYTHING = (
    "embedded.js",
    *sorted({f"{stem}.{kind}" for stem in ("ask", "viewer", "ways") for kind in ("css", "js")}),
    "worksheet.js",
    *sorted({name for kind in TYPES.values() for name in kind.runtime}),
    *files_of_blocks(KINDS),
)
SCRIPTS = tuple(name for name in EVERYTHING if name.endswith(".js"))
BUDGET = 110 * 1024
"""What ships of script and style for a course that uses every block and type, in bytes."""
CONSULTING, CONSULTING_BUDGET = ("ask.css", "ask.js"), 15_000
"""What a course ships besides that says how its authors are consulted, and the most that it may be."""
DECLARED = re.compile(
    r"^(?:export )?(?:async )?(?:const|let|var|function\*?|class) (?:/\*\*.*?\*/ )?(\w+|\{[^}]*\})", re.M
)


def declared(sources: Iterable[str]) -> Counter[str]:
    """Return how often each name is declared at the top of a module."""
    found = (name for source in sources for name in DECLARED.findall(source))
    return Counter(word for name in found for word in re.findall(r"\w+", name))


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_no_name_is_declared_twice(adapter: str) -> None:
    names = declared(modules((*SCRIPTS, "landing.js", "main.js"), adapter).values())
    assert {"openSession", "lang", "held", "BLOCKS", "createAdapter", "show", "lms"} <= names.keys()
    assert {name for name, times in names.items() if times > 1} == set()


def test_every_module_is_in_the_script_of_a_course_that_uses_everything() -> None:
    folder = REPOSITORY / "sclt" / "runtime"
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.js")}
    held = {name for adapter in ADAPTERS for name in modules((*SCRIPTS, "landing.js", "main.js"), adapter)}
    assert held == there


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_nothing_is_imported_or_exported_any_more(adapter: str) -> None:
    for debug in (False, True):
        script = runtime(adapter, EVERYTHING, debug)["main.js"].decode()
        assert re.findall(r"(?:^|[;}])(?:import|export)\b.*", script, re.MULTILINE) == []


def test_every_module_was_shortened_as_it_is() -> None:
    """Where this fails, run `make lean`: until then packages hold the runtime as it is written."""
    folder = REPOSITORY / "sclt" / "runtime"
    names = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.js")}
    assert {name for name, source in names.items() if not is_fresh(name, source)} == set()


def test_a_changed_module_is_shipped_as_it_is_written() -> None:
    sources = modules((*SCRIPTS, "main.js"), "adapter-web.js")
    assert len(bundle._lean(sources)) < len(bundle._bundle(sources)) / 2
    assert bundle._lean(sources | {"view.js": sources["view.js"] + "// changed\n"}) == ""


@pytest.mark.slow
def test_what_was_shortened_is_what_the_modules_give() -> None:
    done = subprocess.run(["node", str(NODE / "lean.mjs"), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_style_and_script_mean_the_same_properties_by_short_names() -> None:
    for adapter in ADAPTERS:
        files = runtime(adapter, EVERYTHING)
        style, script = files["theme.css"].decode() + style_of("landing.css"), files["main.js"].decode()
        declared_there = set(re.findall(r"[{;](--[a-z-]+):", style)) | set(
            re.findall(r'setProperty\("(--[a-z-]+)"', script)
        )
        assert set(re.findall(r"var\((--[a-z-]+)", style)) == declared_there
        assert max(map(len, declared_there)) <= len("--aa")
        assert set(re.findall(r'"(--[a-z]+)"', script)) <= declared_there
    brand = lean_style(":root{--accent:#7a1f3d}@media screen{:root{--ink:#000}}")
    (accent,) = re.findall(r"(--\w+):#0a5767", style)
    (ink,) = re.findall(r"(--\w+):#1b2629", style)
    assert brand == f":root{{{accent}:#7a1f3d}}@media screen{{:root{{{ink}:#000}}}}"


def test_a_module_stands_behind_what_it_imports() -> None:
    found = [*modules((*SCRIPTS, "main.js"), "adapter-cmi5.js").items()]
    for n, (name, source) in enumerate(found):
        before = {Path(each).name for each, _ in found[:n]}
        wanted = {Path(each).name for each in re.findall(r"^import .*'(.*)';$", source, re.MULTILINE)}
        assert wanted - {"adapter.js"} <= before, name
        assert "adapter.js" not in wanted or "adapter-cmi5.js" in before
    assert found[-1][0] == "main.js"


def test_it_is_a_script_that_needs_no_module(tmp_path: Path) -> None:
    path = tmp_path / "main.cjs"
    for debug in (False, True):
        path.write_bytes(runtime("adapter-cmi5.js", EVERYTHING, debug)["main.js"])
        done = subprocess.run(["node", "--check", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_a_course_that_uses_everything_keeps_the_budget() -> None:
    needs = tuple(name for name in EVERYTHING if name not in CONSULTING)
    sizes = {adapter: size_of(adapter, needs) for adapter in ADAPTERS}
    assert {adapter: size for adapter, size in sizes.items() if size > BUDGET} == {}
    more = {adapter: size_of(adapter, EVERYTHING) - size_of(adapter, needs) for adapter in ADAPTERS}
    assert {adapter: size for adapter, size in more.items() if size > CONSULTING_BUDGET} == {}


def size_of(adapter: str, needs: tuple[str, ...]) -> int:
    return sum(map(len, runtime(adapter, needs).values()))


def test_the_source_map_tells_where_each_line_comes_from() -> None:
    script = runtime("adapter-web.js", EVERYTHING, debug=True)["main.js"].decode()
    told = json.loads(base64.b64decode(script.rpartition("base64,")[2]))
    lines = script.splitlines()
    for section in told["sections"]:
        first, (source,) = section["offset"]["line"], section["map"]["sourcesContent"]
        assert (section["offset"]["column"], len(section["map"]["mappings"].split(";"))) == (0, source.count("\n"))
        for n, line in enumerate(source.splitlines()):
            assert lines[first + n] in (line, line.removeprefix("export ")) or line.startswith("import ")
    names = [section["map"]["sources"] for section in told["sections"]]
    assert ["view.js"] in names
    assert ["adapter-web.js"] in names
    assert names[-1] == ["main.js"]
