"""What a question type is, and what the file of a type is written with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from sclt.errors import Place
from sclt.model.container import Opt
from sclt.model.course import Option, Picture, Question, Scenario

UNLIMITED = -1
"""So many retries where there is no limit."""
Q = TypeVar("Q", bound=Question | Scenario)
Json: TypeAlias = dict[str, Any]
Versions: TypeAlias = Mapping[str, Q]
"""The same question by language; the first one speaks for what does not depend on the language."""
Shape: TypeAlias = Literal["one", "many", "order", "text", "number", "pairs", "gaps", "path"]
"""What a response is: an option, a set of options, all options in order, a text, a number, options by left side,
options or texts by gap, the steps of a path. The runtime keeps and judges a response by its shape."""


class Carried(StrEnum):
    """What a question may have beside its text and its right answers, and a format may have no place for."""

    POINTS = "its points"
    PARTS = "points for what is partly right"
    CREDIT = "the part of the points that an answer earns"
    WHOLE = "that only a wholly right answer earns points"
    ORDER = "the order of its options"
    FIXED = "the options that keep their place"
    WILDCARDS = "wildcards in its answers"
    CASE = "whether letter case counts"
    UNIT = "its unit"
    PICTURES = "its pictures"
    RETRIES = "its number of retries"
    HINT = "its hint"
    ON_OPTIONS = "feedback on options"
    ON_RIGHT = "feedback on right answers"
    ON_WRONG = "feedback on wrong answers"
    ON_FORESEEN = "feedback on wrong answers beside that of foreseen ones"
    ON_ANY = "feedback on any answer"
    SAMPLE = "its sample answer"
    FORESEEN = "answers foreseen as wrong"
    LOOKS = "how it is answered: it is asked as a plain question"


SHOWN = frozenset({Carried.PICTURES, Carried.POINTS})
RESULTS = frozenset({Carried.ON_RIGHT, Carried.ON_WRONG, Carried.ON_ANY})
"""What a format holds of a question for what it shows and weighs, and for what it says after an answer."""


class Qti(NamedTuple):
    """How QTI 2.1 asks: the interaction, and base type and cardinality of its response (Information Model, 5 and 7)."""

    interaction: str
    base: str
    cardinality: str = "single"


class Line(NamedTuple):
    """A line of a question's list as it was read.

    ``mark`` is x, a space, ``%`` where the line says its ``credit``, or empty where there is none; ``source`` is its
    first paragraph in Markdown; ``area`` what it says of its place on the question's picture.
    """

    id: str
    mark: str
    html: str
    text: str
    feedback: str
    place: Place
    was: tuple[str, ...] = ()
    credit: float | None = None
    fixed: bool = False
    source: str = ""
    area: tuple[float, ...] = ()

    @property
    def right(self) -> bool:
        """Whether it earns all points."""
        return self.mark == "x" or self.credit == 1

    def option(self) -> Option:
        """Return the line as an option."""
        return Option(
            self.id,
            self.html,
            self.text,
            self.right,
            self.feedback,
            self.was,
            credit=self.credit,
            fixed=self.fixed,
            area=self.area,
        )


class Blank(NamedTuple):
    """A gap in a question's text as it was read: what stands between its brackets."""

    id: str
    content: str
    place: Place


@dataclass(frozen=True)
class Body:
    """What the source of a question says: the lines of its list, the gaps of its text, the options in its braces.

    ``picture`` is the one that it is asked about, where its type has one. ``tell`` notes a fault: where, what, and how
    to mend it; ``warn`` what can be used but is hardly meant.
    """

    place: Place
    lines: tuple[Line, ...]
    blanks: tuple[Blank, ...]
    options: Mapping[str, Any]
    tell: Callable[[Place, str, str], None]
    warn: Callable[[Place, str, str], None]
    picture: Picture | None = None

    def doubt(self, message: str, mend: str, where: Line | Blank | None = None) -> None:
        """Warn of what is hardly meant in the question, or one of its lines or gaps."""
        self.warn(where.place if where else self.place, message, mend)

    def note(self, message: str, mend: str, where: Line | Blank | None = None) -> None:
        """Note a fault of the question, or of one of its lines or gaps."""
        self.tell(where.place if where else self.place, message, mend)


def _as_it_is(_question: Any, response: str) -> str:
    return response


@dataclass(frozen=True, kw_only=True)
class QuestionType(Generic[Q]):
    """A type of question: all that differs between the types, but for its template and its entry in runtime/types.js.

    ``rank`` is its place in lists for authors. ``read`` returns the members that ``model`` has beside those of every
    question, or has them noted where they cannot be read; ``data`` returns those of the course's JSON, which
    docs/contract.md describes; ``size`` returns how many characters the choice takes at most in a learner's saved
    state.
    """

    name: str
    rank: int
    shape: Shape
    model: type[Q]
    interaction: str
    """The interaction type of xAPI 1.0.3 (part 2, 2.4.4.1) and SCORM 2004 (RTE 4.2.9)."""
    data: Callable[[Versions[Q]], Json]
    size: Callable[[Q], int] = lambda _question: 0
    read: Callable[[Body], dict[str, Any]] = lambda _body: {}
    skeleton: Mapping[str, str]
    """What ``sclt new question`` writes, by language; ``$id`` stands for the identifier."""
    drawing: str = ""
    """An SVG that it writes beside the question as ``media/$id.svg``, where the skeleton shows one."""
    container: str = "question"
    """The author's container that holds it; only those of ``question`` say their type."""
    body: str = ""
    own_options: str = ""
    """What docs/authors.md says of its body and of the options that it alone has."""
    options: Mapping[str, Opt] = field(default_factory=dict)
    """The options that not every type has."""

    scored: bool = True
    listed: bool = True
    """Whether it needs a list."""
    in_text: bool = False
    """Whether it is answered within its text, in gaps."""
    pictured: bool = False
    """Whether it is asked about a picture: the last one that stands alone in its text; its lines have areas there."""
    runtime: tuple[str, ...] = ()
    """Files of the runtime that only packages with such a question hold: scripts that shells load, rules of style."""
    fixed: tuple[str, ...] = ()
    """Identifiers of options that the type brings itself; the interface's words ``answer_ID`` say what they are."""
    retries: int = 1
    shuffle: bool = False
    partial: bool = False
    """How it is tried, mixed and judged where its author says nothing."""
    instruction: str = ""
    """Which word of the interface tells how it is answered."""

    special: bool = False
    """Whether formats that lack it ask it as a plainer question."""
    moodle: str = ""
    """What Moodle calls the type in its XML, and GIFT means; nothing where it has none."""
    qti: Qti | None = None
    cartridge: str = ""
    """The profile of Common Cartridge 1.3 (4.10); nothing where it has none."""
    carries: Mapping[str, frozenset[Carried]]
    """What of a question a format for questions holds, by format; nothing where the format is not named."""
    of_scorm12: Callable[[Q, str], str] = _as_it_is
    """Turns a response of a SCORM 1.2 package into one of xAPI."""

    @property
    def marked(self) -> bool:
        """Whether lines of its list are marked as right, wrong or partly right: not so in pairs, orders and scales."""
        return self.scored and self.shape not in ("order", "pairs")

    @property
    def fixable(self) -> bool:
        """Whether a line of its list can keep its place: where they are mixed, and their place is not the answer."""
        return self.shuffle and self.shape in ("one", "many")

    def make(self, **members: Any) -> Q:
        """Return a question of this type, tried, mixed and judged as is usual for it where nothing is said.

        Raises TypeError for a member that has no meaning for it.
        """
        if not issubclass(self.model, Question):
            return self.model(**members)
        usual = {"retries": self.retries, "shuffle": self.shuffle, "partial": self.partial}
        return self.model(**(usual | members | {"type": self.name}))
