"""The scenes: one for each module, and the reception area with barriers. Each takes the words of a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from drawings.parts import (
    cat,
    circle,
    door,
    drawing,
    ground,
    house,
    key,
    moon,
    path,
    person,
    rect,
    seated,
    sheet,
    sign,
    table,
    tree,
    vehicle,
    window,
    words,
)

Words = dict[str, str]


class Scene(NamedTuple):
    """A drawing: the module that shows it, its name there, its words in each language and what it is made of."""

    module: str
    name: str
    words: dict[str, Words]
    compose: Callable[[Words], list[str]]

    def text(self, language: str) -> str:
        """Return the drawing in a language."""
        said = self.words[language]
        return drawing(language, said["title"], *self.compose(said))


def _farmstead(said: Words) -> list[str]:
    """Draw a shop van that stops at a farm where nobody comes out."""
    return [
        ground(),
        tree(60, 330, 1.1),
        house(110, 330, 170, 110),
        vehicle(350, 352, 230, "w", 2, label=said["van"]),
        person(330, 356, "a", gaze=-1),
        tree(612, 330, 0.7),
    ]


def _lunch(said: Words) -> list[str]:
    """Draw how lunch is brought to an older man at his door."""
    bowl = path("M340 238h56q-4 26-28 26t-28-26z", "r") + path("M356 226q6-10 0-20M376 226q6-10 0-20")
    return [
        ground(),
        rect(380, 90, 230, 240, "n"),
        door(450, 330, opened=True),
        window(396, 130),
        window(552, 130),
        person(470, 336, "g", hair="h2", gaze=-1, cane=True),
        vehicle(26, 352, 250, "a", 2, label=said["van"]),
        person(330, 350, "w", skin="k2"),
        bowl,
    ]


def _shift(said: Words) -> list[str]:
    """Draw a bus that brings people to the morning shift."""
    hall = rect(370, 120, 250, 210, "d") + "".join(window(390 + n * 76, 150, 56, 40, lit=True) for n in range(3))
    return [
        moon(60, 60),
        ground(),
        hall,
        rect(450, 230, 90, 100, "s"),
        sign(18, 120, [said["time"]], 92),
        path("M64 160v170"),
        vehicle(110, 352, 230, "r", 4),
        person(372, 352, "w"),
        person(432, 358, "g", skin="k2", hair="h"),
        person(590, 354, "a", hair="h2", gaze=-1),
    ]


def _hall(said: Words) -> list[str]:
    """Draw a caretaker who hands a key to a woman with children."""
    return [
        ground(),
        rect(40, 80, 330, 250, "n"),
        path("M28 80L205 24L382 80z", "r"),
        sign(100, 96, [said["hall"]], 210),
        window(62, 170, 60, 60),
        window(286, 170, 60, 60),
        door(162, 330),
        person(410, 350, "d", hair="h2"),
        key(450, 262),
        person(500, 350, "a", gaze=-1, hair="h"),
        person(556, 354, "w", gaze=-1, tall=0.65, skin="k2"),
        person(604, 356, "g", gaze=-1, tall=0.6),
    ]


def _late_bus(said: Words) -> list[str]:
    """Draw a man at a stop after the last bus; the factory is still lit."""
    factory = rect(360, 150, 250, 180, "d") + path("M400 150v-70h34v70z", "d") + path("M416 70q10-20-4-40")
    lit = "".join(window(382 + n * 58, 190, 40, 40, lit=True) for n in range(4))
    return [
        moon(300, 60),
        ground(),
        factory,
        lit,
        rect(60, 170, 190, 14, "a"),
        path("M70 184v146M240 184v146"),
        sign(74, 196, [said["last"], said["time"]], 152, "r"),
        person(276, 352, "g", gaze=1),
        tree(24, 330, 0.8),
    ]


def _board(said: Words) -> list[str]:
    """Draw a team that plans at a board; a cat watches."""
    notes = "".join(
        rect(250 + c * 52, 96 + r * 44, 40, 32, colour, 3)
        for r, row in enumerate(("wag", "gwa", "aw "))
        for c, colour in enumerate(row)
        if colour != " "
    )
    return [
        ground(),
        rect(226, 60, 200, 180, "n"),
        path("M226 60h200v180h-200z", "i"),
        words(326, 86, said["week"]),
        notes,
        person(120, 352, "a", hair="h2"),
        person(190, 356, "g", skin="k2"),
        person(470, 352, "w", gaze=-1),
        person(540, 356, "r", gaze=-1, hair="h"),
        cat(326, 356),
    ]


def _envelopes(said: Words) -> list[str]:
    """Draw two people at a table with unopened envelopes."""
    post = "".join(
        rect(270 + n * 36, 236, 34, 26, "n", 2) + path(f"M{270 + n * 36} 236l17 12 17-12v26h-34z", "i")
        for n in range(3)
    )
    return [
        ground(),
        window(70, 60, 110, 100),
        sign(430, 70, [said["library"]], 150),
        seated(190, 350, "r", gaze=1),
        seated(450, 350, "a", gaze=-1, hair="h", skin="k2"),
        table(232, 350, 180, 74),
        post,
    ]


def _own_key(said: Words) -> list[str]:
    """Draw a man with the key to his own door, and his friends."""
    return [
        ground(),
        rect(60, 70, 300, 260, "n"),
        path("M46 70L210 16L374 70z", "r"),
        window(86, 130, 60, 60),
        door(230, 330, opened=True),
        sign(96, 212, [said["number"]], 44),
        person(384, 352, "a", gaze=-1),
        key(352, 252),
        person(484, 354, "w", hair="h2", gaze=-1, cane=True),
        seated(576, 354, "g", gaze=-1, wheels=True),
    ]


def _reception(said: Words) -> list[str]:
    """Draw a reception area with four barriers."""
    steps = rect(66, 300, 120, 30, "h2") + rect(90, 270, 96, 30, "h2")
    counter = rect(430, 200, 190, 130, "a") + rect(420, 188, 210, 16, "w", 4)
    return [
        ground(),
        door(96, 270),
        steps,
        seated(40, 356, "g", wheels=True),
        sheet(238, 66, 11, 90),
        sign(352, 90, [said["open"], said["hours"]], 122, "r"),
        person(508, 288, "w", gaze=1, skin="k"),
        counter,
        person(592, 368, "d", gaze=-1, tall=1.1),
        person(424, 372, "r", hair="h2", gaze=1, cane=True),
    ]


def _handover(said: Words) -> list[str]:
    """Draw a boy between two people who hold the plan with him; he speaks."""
    bubble = rect(250, 40, 150, 60, "n", 16) + path("M310 100l10 26 18-26z", "n") + words(325, 78, said["says"])
    return [
        ground(),
        rect(20, 120, 170, 210, "n"),
        sign(30, 132, [said["school"]], 150),
        window(46, 200, 50, 50),
        window(112, 200, 50, 50),
        rect(450, 120, 170, 210, "n"),
        sign(460, 132, [said["centre"]], 150, "w"),
        window(476, 200, 50, 50),
        window(542, 200, 50, 50),
        person(232, 350, "a", hair="h2"),
        person(325, 356, "g", tall=0.85, gaze=0),
        person(418, 350, "r", gaze=-1, skin="k2"),
        bubble,
        sheet(256, 250, 3, 40),
    ]


def _pair(said: Words) -> list[str]:
    """Draw an older and a younger colleague over one file."""
    return [
        ground(),
        circle(110, 100, 46, "n"),
        '<circle cx="110" cy="100" r="46" class="i"/>',
        path("M110 100v-28M110 100h20", "i"),
        sign(420, 60, [said["wednesday"], said["time"]], 170),
        seated(230, 350, "r", hair="h2", gaze=1),
        seated(420, 350, "a", gaze=-1),
        table(258, 350, 138, 74),
        sheet(292, 206, 4, 70, marks=True),
        window(60, 180, 110, 90),
    ]


def _both(lithuanian: Words, english: Words) -> dict[str, Words]:
    return {"lt": lithuanian, "en": english}


SCENES = (
    Scene(
        "social-clustering/social-partnership",
        "farm",
        _both(
            {"title": "Kepyklos furgonas prie vienkiemio", "van": "DUONA"},
            {"title": "A baker’s van at a farm", "van": "BREAD"},
        ),
        _farmstead,
    ),
    Scene(
        "social-clustering/social-business-communication",
        "lunch",
        _both({"title": "Pietūs prie durų", "van": "PIETŪS"}, {"title": "Lunch at the door", "van": "LUNCH"}),
        _lunch,
    ),
    Scene(
        "social-clustering/socially-responsible-business",
        "shift",
        _both({"title": "Autobusas į pamainą", "time": "5.40"}, {"title": "A bus to the shift", "time": "5.40"}),
        _shift,
    ),
    Scene(
        "social-clustering/municipal-environment",
        "key",
        _both(
            {"title": "Salės raktas", "hall": "KULTŪROS NAMAI"},
            {"title": "The key to the hall", "hall": "CULTURE HOUSE"},
        ),
        _hall,
    ),
    Scene(
        "social-clustering/regional-competitiveness",
        "last-bus",
        _both(
            {"title": "Po paskutinio autobuso", "last": "Paskutinis", "time": "18.10"},
            {"title": "After the last bus", "last": "Last bus", "time": "6.10 p.m."},
        ),
        _late_bus,
    ),
    Scene(
        "social-clustering/human-resources-and-innovation",
        "board",
        _both({"title": "Komanda prie lentos", "week": "Savaitė"}, {"title": "A team at a board", "week": "The week"}),
        _board,
    ),
    Scene(
        "public-capabilities/poverty-prevention",
        "envelopes",
        _both(
            {"title": "Pokalbis prie neatplėštų vokų", "library": "Biblioteka"},
            {"title": "A talk over unopened envelopes", "library": "Library"},
        ),
        _envelopes,
    ),
    Scene(
        "public-capabilities/deinstitutionalisation-of-care",
        "own-key",
        _both({"title": "Savas raktas", "number": "7"}, {"title": "A key of one’s own", "number": "7"}),
        _own_key,
    ),
    Scene(
        "public-capabilities/inclusive-environments",
        "reception",
        _both(
            {"title": "Priimamasis su kliūtimis", "open": "Priimame", "hours": "tik 9–11"},
            {"title": "A reception area with barriers", "open": "Open", "hours": "9–11 only"},
        ),
        _reception,
    ),
    Scene(
        "public-capabilities/inter-institutional-cooperation",
        "handed-over",
        _both(
            {"title": "Perdavimas trise", "school": "MOKYKLA", "centre": "CENTRAS", "says": "Aš eisiu"},
            {"title": "A handover of three", "school": "SCHOOL", "centre": "CENTRE", "says": "I’ll go"},
        ),
        _handover,
    ),
    Scene(
        "public-capabilities/flexible-learning-at-work",
        "pair",
        _both(
            {"title": "Mokomasi dviese", "wednesday": "Trečiadienis", "time": "8–8.30"},
            {"title": "Learning in a pair", "wednesday": "Wednesday", "time": "8–8.30"},
        ),
        _pair,
    ),
)
