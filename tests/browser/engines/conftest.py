"""The browsers, each started once in a worker, and the courses as each of them is served."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest

from tests.browser.conftest import unpack
from tests.browser.engines.chromium import Chromium
from tests.browser.engines.firefox import Firefox
from tests.browser.engines.webkit import WebKit, listening
from tests.browser.engines.window import Engine, Window
from tests.browser.lms import Lms
from tests.places import GALLERY, GARDEN

ENGINES = ("chromium", "firefox", "webkit")
PREFIX = "listening-"


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    start: dict[str, Callable[[], Engine]] = {"firefox": Firefox, "webkit": WebKit}
    engine = start[request.param]() if request.param in start else Chromium(request.getfixturevalue("browser"))
    yield engine
    engine.quit()


def listened(lms: Lms, name: str, module: str) -> str:
    """Return the folder of a copy of a package whose pages write down their own errors."""
    target = lms.packages / f"{PREFIX}{name}"
    if not target.exists():
        shutil.copytree(lms.packages / name, target)
        shell = target / module / "index.html"
        shell.write_text(listening(shell.read_text("utf-8")), "utf-8")
    return target.name


@pytest.fixture(scope="session")
def folder_of(lms: Lms) -> Callable[[str], str]:
    """Return the folder of a standard's package of the test course."""
    return lambda standard: listened(lms, f"neighbours_first-steps_{standard}", "first-steps")


@pytest.fixture(scope="session")
def galleries(lms: Lms, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Return the address of a module of the courses that show all blocks and types: ``blocks`` or ``kinds``."""
    for source in (GALLERY, GARDEN):
        unpack(source, tmp_path_factory.mktemp("built"), lms.packages, "web")
    programmes = {"blocks": "gallery", "kinds": "garden"}

    def address(module: str) -> str:
        folder = listened(lms, f"{programmes[module]}_{module}_web", module)
        return lms.url(f"/packages/{folder}/{module}/index.html?language=en")

    return address


@pytest.fixture
def sit_down(engine: Engine) -> Iterator[Callable[[], Window]]:
    """Open a window that knows nothing yet; each is closed at the end, and none may have told of an error."""
    opened: list[Window] = []

    def begin() -> Window:
        opened.append(engine.window())
        return opened[-1]

    yield begin
    for window in opened:
        window.close()
    told = [each for window in opened for each in window.problems]
    assert [each for each in told if not any(part in each for part in EXPECTED)] == []


EXPECTED = ("cmi5LearnerPreferences", "stateId=sclt-")  # 404 until there is one
