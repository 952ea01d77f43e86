"""Where a course is opened from, one class for each way: a learning system, an LRS's launch, a web server alone."""

from __future__ import annotations

from typing import Any, Protocol

from tests.browser.engines.course import Course
from tests.browser.engines.window import Window
from tests.browser.expected import QUESTIONS, SCENARIO
from tests.browser.lms import Attempt, Lms
from tests.browser.test_lrs import DEFINED, Study, verb

QUESTION = "Ar galiu ateiti vakare?"


class Place(Protocol):
    """What every play needs; ``check`` asserts what was recorded of a course that was passed with full marks."""

    frame: str

    def open(self, window: Window) -> Course: ...

    def left(self) -> None:
        """Wait until the session has ended."""

    def keeps(self, text: str) -> None:
        """Wait until what is stored of the learner's work holds a text."""

    def check(self) -> None: ...


class InLms:
    """SCORM: in a frame of the learning system; ``frame`` is its size, such as ``666x462``."""

    def __init__(self, lms: Lms, attempt: Attempt, frame: str) -> None:
        self.lms, self.attempt, self.frame = lms, attempt, frame

    def open(self, window: Window) -> Course:
        return Course(window).in_frame(f"{self.lms.page_of(self.attempt)}&frame={self.frame}")

    def left(self) -> None:
        self.attempt.until(lambda attempt: attempt.finished)

    def keeps(self, text: str) -> None:
        self.attempt.until(lambda attempt: text in attempt.state)

    def check(self) -> None:
        attempt = self.attempt
        old = attempt.standard == "scorm12"
        assert attempt.status == (("passed", "") if old else ("completed", "passed"))
        assert attempt.percent == 100
        told = attempt["cmi.comments"] if old else attempt.entries("cmi.comments_from_learner")[0]["comment"]
        assert QUESTION in told
        asked = {each["id"].rpartition("/")[2] for each in attempt.interactions}
        assert asked >= {*QUESTIONS, SCENARIO, "sure", "story"}


class WithLrs:
    """cmi5 and Tin Can: a launch with an LRS, in a window of its own."""

    frame = ""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.launches = 0

    def open(self, window: Window) -> Course:
        self.launches += 1
        return Course(window).alone(self.study.begin(mastery=0.6))

    def left(self) -> None:
        self.study.of("terminated", self.launches)

    def keeps(self, text: str) -> None:
        self.study.keeps(text)

    def check(self) -> None:
        told = self.study.all()
        verbs = [verb(each) for each in told]
        assert sorted(each for each in verbs if each in DEFINED) == sorted(DEFINED - {"failed"})
        assert (verbs[0], verbs[-1]) == ("initialized", "terminated")
        assert told[verbs.index("passed")]["result"]["score"]["scaled"] == 1
        assert told[verbs.index("asked")]["result"]["response"] == QUESTION
        answered = {_name(each) for each in told if verb(each) == "answered"}
        assert answered >= {*QUESTIONS, SCENARIO, "sure", "story"}


def _name(statement: dict[str, Any]) -> str:
    return str(statement["object"]["id"]).rpartition("/")[2]


class OnTheWeb:
    """No learning system: what was done is in this browser alone."""

    frame = ""

    def __init__(self, lms: Lms, folder: str) -> None:
        self.address = lms.url(f"/packages/{folder}/first-steps/index.html")

    def open(self, window: Window) -> Course:
        return Course(window).alone(self.address)

    def left(self) -> None:
        """There is no session."""

    def keeps(self, text: str) -> None:
        """Only this browser does."""

    def check(self) -> None:
        """Nobody is told."""
