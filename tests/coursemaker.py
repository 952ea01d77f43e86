"""Writes bilingual courses of any size, the same bytes each time, for tests and benchmarks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("lt", "en")
TYPES = (
    "single-choice", "multiple-choice", "true-false", "short-answer", "numeric", "matching", "ordering", "gaps",
    "likert", "long-answer",
)  # fmt: skip
_JPEG = b"\xff\xd8\xff"
_BLOCK = 1 << 20

SENTENCES = {
    "lt": """
        Bendruomenės centras kiekvieną antradienį kviečia kaimynus pasitarti, kam šią savaitę reikia pagalbos.
        Seniūnė užrašo, kas ką pažadėjo, ir po mėnesio visi kartu pasižiūri, kas iš to išėjo.
        Mokykla turi salę, kuri vakarais stovi tuščia, o jaunimo klubas neturi kur rinktis.
        Partneriai susitarė, kad apie kiekvieną svarbų sprendimą praneša vieni kitiems per dvi dienas.
        Kai projektas baigiasi, lieka tik tai, ką žmonės išmoko daryti kartu.
        Bibliotekininkė pastebėjo, kad vyresni žmonės dažniau ateina pasikalbėti negu pasiskolinti knygų.
        Socialinis darbuotojas negali žinoti visko, bet gali žinoti, ko paklausti.
        Prieš skirdami pinigus, pasidomėkite, kas jau veikia ir kodėl tai veikia.
        Rodiklis naudingas tik tada, kai aišku, kas pasikeis, jei jis pakils arba nukris.
        Viena šeima atsisakė paramos, nes niekas nepaaiškino, kokių dokumentų reikia.
        Savivaldybė surinko duomenis iš keturių įstaigų ir pamatė, kad tas pats vaikas minimas visose.
        Gera sutartis telpa į du puslapius ir suprantama žmogui, kuris nebuvo nė viename susitikime.
        Ūkininkas pasiūlė daržovių, bet paprašė, kad kas nors jas atsivežtų.
        Pirmame susitikime niekas neskubėjo spręsti, todėl antrame buvo lengva susitarti.
        Nuo rudens autobusas sustoja prie ligoninės, ir pas gydytoją ateina trečdaliu daugiau žmonių.
        Jei tikslas neužrašytas, po pusmečio kiekvienas jį prisimena kitaip.
        Pasitikėjimas auga lėčiau negu biudžetas, bet ir dingsta ne taip greitai.
        Seniūnijoje gyvena apie tūkstantis žmonių, iš jų kas penktas vyresnis negu septyniasdešimt metų.
        Savanoriai lanko vienišus žmones du kartus per savaitę ir apie pokyčius praneša slaugytojai.
        Kiekviena organizacija turi savo kalbą, todėl pradėkite nuo bendro žodyno.
        Pagalba vėluoja dažniausiai todėl, kad laukiama, kol kas nors paprašys.
        Po pokalbio tėvai patys pasiūlė, kaip paskirstyti vaikų vežiojimą.
        Dalis žmonių nesikreipia, nes bijo, kad apie tai sužinos kaimynai.
        Kartą per ketvirtį partneriai perskaito savo susitarimą iš naujo ir išbraukia, kas nebegalioja.
        Įmonė davė ne pinigų, o dvi savo darbuotojo valandas per savaitę.
        Tyrimas parodė, kad ankstyva parama kainuoja mažiau negu vėlesnė krizės įveika.
        Jaunuoliai patys parengė apklausą ir per savaitę gavo šimtą dvidešimt atsakymų.
        Susitikimą veda tas, kuris mažiausiai suinteresuotas jo rezultatu.
        """,
    "en": """
        Every Tuesday the community centre invites the neighbours to talk over who needs help this week.
        The elder writes down who promised what, and a month later everyone looks at what came of it.
        The school has a hall that stands empty in the evenings, while the youth club has nowhere to meet.
        The partners agreed to tell each other of every important decision within two days.
        When a project ends, all that remains is what people have learnt to do together.
        The librarian noticed that older people come to talk more often than to borrow books.
        A social worker cannot know everything, but can know what to ask.
        Before you spend money, find out what already works and why it does.
        An indicator is useful only when it is clear what will change if it rises or falls.
        One family turned support down because nobody had explained which documents were needed.
        The municipality put together data from four institutions and saw the same child mentioned in all of them.
        A good agreement fits on two pages and makes sense to a person who was at none of the meetings.
        The farmer offered vegetables, but asked that somebody should come and fetch them.
        Nobody hurried to decide at the first meeting, so it was easy to agree at the second.
        Since autumn the bus has stopped at the hospital, and a third more people reach the doctor.
        If the goal isn't written down, everyone remembers it differently half a year later.
        Trust grows more slowly than a budget, but it doesn't vanish as quickly either.
        About a thousand people live in the eldership, and every fifth of them is older than seventy.
        Volunteers visit people who live alone twice a week and tell the nurse of any change.
        Each organisation has a language of its own, so begin with a shared list of words.
        Help mostly comes late because everybody waits for somebody to ask.
        After the talk the parents themselves proposed how to share driving the children.
        Some people don't apply because they fear that the neighbours will hear of it.
        Once a quarter the partners read their agreement again and cross out what no longer holds.
        The company gave no money, but two hours of an employee's time each week.
        A study showed that early support costs less than dealing with a crisis later.
        Young people drew up a survey of their own and had a hundred and twenty answers within a week.
        The meeting is led by the person who has the least interest in how it ends.
        """,
}
LINES = {language: [line.strip() for line in text.strip().splitlines()] for language, text in SENTENCES.items()}
HEADINGS = {
    "lt": [
        "Kas jau veikia",
        "Ko trūksta",
        "Kaip susitarti",
        "Kas atsako",
        "Pavyzdys iš seniūnijos",
        "Ką pasakė žmonės",
    ],
    "en": [
        "What already works",
        "What is lacking",
        "How to agree",
        "Who answers for it",
        "An example",
        "What people said",
    ],
}
WORDS = {
    "lt": ["sprendimas", "partneris", "susitarimas", "tikslas", "rodiklis"],
    "en": ["decision", "partner", "agreement", "goal", "indicator"],
}
LABELS: dict[str, dict[str, str]] = {
    "lt": {
        "page": "Puslapis", "module": "Modulis", "course": "Bandomasis kursas", "ask": "Kas čia teisinga?",
        "picture": "Žmonės prie stalo", "also": "Apie tai rašoma ir", "elsewhere": "kitame puslapyje",
        "term": "Žodis, kurį čia verta suprasti vienodai:", "note": "Verta prisiminti",
        "always": "Visada", "never": "Niekada", "often": "Dažnai", "describe": "Aprašykite, kaip tai daroma pas jus",
        "hint": "Paskaitykite puslapį dar kartą.", "right": "Taip.", "wrong": "Dar ne.",
        "who": "Kas", "what": "Ką daro", "goal": "Išmokti tartis.", "gap": "Partneriai kartu užsirašo",
        "map": "Partnerių sąrašas", "field": "Pirmasis partneris",
    },
    "en": {
        "page": "Page", "module": "Module", "course": "Trial course", "ask": "What is right here?",
        "picture": "People at a table", "also": "You can read about it", "elsewhere": "on another page",
        "term": "A word to understand in the same way:", "note": "Worth remembering",
        "always": "Always", "never": "Never", "often": "Often", "describe": "Describe how you do it where you live",
        "hint": "Read the page once more.", "right": "Yes.", "wrong": "Not yet.",
        "who": "Who", "what": "What they do", "goal": "Learn to agree.", "gap": "Together the partners write down the",
        "map": "List of partners", "field": "First partner",
    },
}  # fmt: skip


class Plan(NamedTuple):
    """What to write. ``questions`` and ``media`` (the sizes of files, in bytes) are for each module."""

    pages: int = 3
    questions: int = 10
    modules: int = 1
    media: tuple[int, ...] = ()
    words: int = 350
    ordered: bool = False
    programme: str = "trial"


def write_course(root: Path, plan: Plan = Plan()) -> Path:  # noqa: B008 (a Plan never changes)
    """Write a folder of programmes at ``root`` and return it."""
    for name, text in course_files(plan).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for module in module_names(plan):
        for n, size in enumerate(plan.media):
            write_media(root / plan.programme / module / "media" / f"picture-{n + 1}.jpg", size, n)
    return root


def write_media(path: Path, size: int, seed: int) -> None:
    """Write a file that cannot be compressed and begins as a JPEG does.

    Its blocks are one random block, each behind a number of its own.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    block = random.Random(seed).randbytes(min(size, _BLOCK))
    with path.open("wb") as stream:
        for start in range(0, size, _BLOCK):
            stream.write((_JPEG + start.to_bytes(8) + block[len(_JPEG) + 8 :])[: size - start])


def course_files(plan: Plan) -> dict[str, str]:
    """Return the text files of the course by their path."""
    files = {f"{plan.programme}/programme.yaml": _programme(plan)}
    for module in module_names(plan):
        folder = f"{plan.programme}/{module}"
        files[f"{folder}/module.yaml"] = _module(module, plan)
        files[f"{folder}/glossary.yaml"] = _glossary()
        for n, page in enumerate(page_names(plan)):
            for language in LANGUAGES:
                files[f"{folder}/{language}/{page}.md"] = _page(module, n, language, plan)
    return files


def module_names(plan: Plan) -> list[str]:
    """Return the modules' identifiers."""
    return [f"module-{n + 1}" for n in range(plan.modules)]


def page_names(plan: Plan) -> list[str]:
    """Return the identifiers of a module's pages."""
    return [f"page-{n + 1}" for n in range(plan.pages)]


def question_names(plan: Plan) -> list[str]:
    """Return the identifiers of a module's questions."""
    return [f"q-{n + 1}" for n in range(plan.questions)]


def _in_all(make: Callable[[str], str]) -> str:
    return "{" + ", ".join(f"{language}: {make(language)}" for language in LANGUAGES) + "}"


def _about(title: Callable[[str], str], seed: int) -> str:
    keywords = _in_all(lambda tag: "[" + ", ".join(WORDS[tag][:3]) + "]")
    description = _in_all(lambda tag: f'"{LINES[tag][seed % len(LINES[tag])]}"')
    return f"title: {_in_all(title)}\ndescription: {description}\nkeywords: {keywords}\nversion: 1.0.0\n"


def _programme(plan: Plan) -> str:
    return (
        _about(lambda tag: LABELS[tag]["course"], 0) + f"languages: [{', '.join(LANGUAGES)}]\n"
        f"iri: https://example.org/courses/{plan.programme}\nmodules: [{', '.join(module_names(plan))}]\n"
        f"navigation: {'ordered' if plan.ordered else 'free'}\nmastery: 65\n"
        "publisher: {lt: Bandymų savivaldybė, en: Municipality of Trials}\n"
        "rights: {lt: Laisva naudoti, en: Free to use}\n"
        "contact: {lt: autoriai@example.org, en: authors@example.org}\n"
    )


def _module(module: str, plan: Plan) -> str:
    number = module.rpartition("-")[2]
    return (
        _about(lambda tag: f"{LABELS[tag]['module']} {number}", int(number)) + "duration: PT1H30M\nobjectives:\n"
        f"  - {{id: agree, text: {_in_all(lambda tag: LABELS[tag]['goal'])}}}\npages: [{', '.join(page_names(plan))}]\n"
    )


def _glossary() -> str:
    rows = [
        f"- id: term-{n + 1}\n  term: {_in_all(lambda tag: WORDS[tag][n])}\n"  # noqa: B023 (called at once)
        f"  text: {_in_all(lambda tag: chr(34) + LINES[tag][n] + chr(34))}\n"  # noqa: B023
        for n in range(len(WORDS["en"]))
    ]
    return "".join(rows)


def _page(module: str, n: int, language: str, plan: Plan) -> str:
    label = LABELS[language]
    parts = [
        f"---\ntitle: {label['page']} {n + 1}\nobjectives: [agree]\n---",
        *_text(f"{module} {n}", n, language, plan),
    ]
    parts += [
        f"![{label['picture']} {m + 1}](../media/picture-{m + 1}.jpg)" for m in range(n, len(plan.media), plan.pages)
    ]
    parts += [_question(m, language) for m in range(n, plan.questions, plan.pages)]
    if n == 0:
        parts += [f':::worksheet {{#map title="{label["map"]}"}}\n- {label["field"]}: ____\n:::', _scenario(language)]
    return "\n\n".join(parts) + "\n"


def _text(seed: str, n: int, language: str, plan: Plan) -> Iterator[str]:
    """Yield paragraphs, lists, a table and a box until the words suffice; the same shape in each language."""
    dice, lines, label = random.Random(seed), LINES[language], LABELS[language]
    order = dice.sample(range(len(lines)), len(lines))
    count = section = 0
    other = f"page-{(n + 1) % plan.pages + 1}"
    while count < plan.words:
        picked = [lines[order[(section * 9 + m) % len(order)]] for m in range(9)]
        yield f"## {HEADINGS[language][section % 6]} {section // 6 + 1 if section > 5 else ''}".rstrip()
        yield f"{picked[0]} **{picked[1]}** {picked[2]} {label['also']} [{label['elsewhere']}]({other}.md)."
        yield from _shape(section % 3, picked[3:7], label)
        yield f"{picked[7]} {picked[8]} {label['term']} [{WORDS[language][section % 5]}](term:term-{section % 5 + 1})."
        count += sum(len(line.split()) for line in picked)
        section += 1


def _shape(kind: int, lines: list[str], label: dict[str, str]) -> Iterator[str]:
    if kind == 0:
        yield "\n".join(f"- {line}" for line in lines)
    elif kind == 1:
        yield f"| {label['who']} | {label['what']} |\n|---|---|\n" + "\n".join(
            f"| {n} | {x} |" for n, x in enumerate(lines)
        )
    else:
        yield f':::note {{title="{label["note"]}"}}\n{lines[0]} {lines[1]}\n\n{lines[2]} *{lines[3]}*\n:::'


def _question(n: int, language: str) -> str:
    kind, label, line = TYPES[n % len(TYPES)], LABELS[language], LINES[language][n % len(LINES[language])]
    notes = f"> Hint: {label['hint']}\n\n> Correct: {label['right']}\n\n> Incorrect: {label['wrong']}"
    options = {"true-false": " answer=true", "numeric": " unit=km"}.get(kind, "")
    if kind in ("likert", "long-answer"):
        notes = f"> Feedback: {label['hint']}"
    body = _body(kind, n, language, line)
    return f":::question {{#q-{n + 1} type={kind}{options}}}\n{body}\n\n{notes}\n:::"


def _body(kind: str, n: int, language: str, line: str) -> str:
    label, words = LABELS[language], WORDS[language]
    ask = f"{label['ask']} ({n + 1})"
    lists = {
        "single-choice": f"- [x] {line}\n  > {label['right']}\n- [ ] {label['never']}\n- [ ] {label['always']}",
        "multiple-choice": f"- [x] {line}\n- [x] {label['often']}\n- [ ] {label['never']}\n- [ ] {label['always']}",
        "short-answer": f"- [x] {words[0]}\n- [ ] {words[1]}",
        "numeric": f"- [x] {n} ± 0.5\n- [ ] {n + 100}",
        "matching": f"- {words[0]} :: {label['always']}\n- {words[1]} :: {label['often']}\n- :: {label['never']}",
        "ordering": "\n".join(f"{m + 1}. {word}" for m, word in enumerate(words[:4])),
        "likert": f"- {label['never']}\n- {label['often']}\n- {label['always']}",
    }
    if kind == "gaps":
        return f"{label['gap']} [[{words[3]}]] ([[*{words[2]} | {words[4]}]])."
    if kind == "long-answer":
        return f"{label['describe']} ({n + 1})."
    return f"{line} ({n + 1})" if kind == "true-false" else f"{ask}\n\n{lists[kind]}"


def _scenario(language: str) -> str:
    label, lines = LABELS[language], LINES[language]
    return (
        f'::::scenario {{#meeting title="{label["note"]}" points=2}}\n:::step {{#start}}\n{lines[1]}\n\n'
        f"- [{label['often']}](#good)\n- [{label['never']}](#bad)\n:::\n\n"
        f":::step {{#good score=100}}\n{lines[2]}\n:::\n\n"
        f":::step {{#bad score=20}}\n{lines[3]}\n:::\n::::"
    )
