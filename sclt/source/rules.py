"""What the author's format demands, as a literal table, and the sheet on which faults are noted.

One rule is asked at several places of the format, so the table stands here and `Sheet.note` names a rule by its id.
"""

from __future__ import annotations

from functools import partial

from sclt.errors import Place
from sclt.model.finding import REGISTRY, Finding, Severity, Topic, declare

E, W, A = Severity.ERROR, Severity.WARNING, Severity.ADVICE
_declare = partial(declare, topic=Topic.SOURCES)
_declare(
    "file.missing",
    E,
    "A file that is named exists",
    why="the learner would meet a hole",
    mend="Add the file, or correct its name where it is given.",
)
_declare(
    "file.encoding",
    E,
    "Sources are UTF-8",
    why="letters such as ą, č, ę would be wrong",
    mend="Save the file as UTF-8 in your editor.",
)
_declare(
    "file.name",
    E,
    "Names are ASCII lower-case letters, digits and . _ -",
    why="some LMSs lose other names",
    mend="Rename the file or folder, and what refers to it.",
)
_declare(
    "file.collision",
    E,
    "Names differ by more than letter case",
    why="one would overwrite the other in the LMS",
    mend="Rename one of the files.",
)
_declare(
    "file.outside",
    E,
    "Sources and media lie in the course folder",
    why="a package holds nothing from elsewhere",
    mend="Copy what the link leads to into the folder of the course.",
)
_declare(
    "text.todo",
    A,
    "Skeleton texts are replaced",
    why="the learner would read 'TODO'",
    mend="Write the text in its place.",
)
_declare(
    "file.unlisted",
    W,
    "Each page is listed in module.yaml",
    why="nobody would ever see it",
    mend="Name the page under 'pages' in module.yaml, or remove its file.",
)
_declare(
    "media.unused",
    A,
    "Each media file is shown somewhere",
    why="it is not put into the package",
    mend="Show the file on a page, or remove it.",
)
_declare(
    "yaml.syntax",
    E,
    "YAML can be read",
    why="nothing of the file can be used",
    mend="Mend the line that the finding names: most often an indent, a colon or a quotation mark.",
)
_declare(
    "yaml.duplicate",
    E,
    "A key stands once",
    why="one of the two values would be lost",
    mend="Keep one of the two.",
)
_declare(
    "yaml.unknown",
    E,
    "Keys are known",
    why="what stands there would be ignored",
    mend="Correct the key's spelling, or remove it.",
)
_declare(
    "yaml.required",
    E,
    "Required keys are there",
    why="packages would lack it",
    mend="Add the key; docs/authors.md tells what it holds.",
)
_declare(
    "yaml.value",
    E,
    "Values have the form that their key asks for",
    why="packages would be wrong",
    mend="Write the value in the form that docs/authors.md shows for the key.",
)
_declare(
    "page.front-matter",
    E,
    "A page starts with front matter",
    why="it would have no title",
    mend="Begin the page with a line '---', 'title: …' and another line '---'.",
)
_declare(
    "page.empty",
    W,
    "A page has content",
    why="the learner would see an empty page",
    mend="Write the page's text.",
)
_declare(
    "id.duplicate",
    E,
    "An identifier is given once in a module",
    why="records of the two would mix",
    mend="Rename the newer of the two.",
)
_declare(
    "id.retired",
    E,
    "An identifier that was retired is not given again",
    why="it would get the records of the old",
    mend="Take another identifier.",
)
_declare(
    "id.key",
    E,
    "Identifiers have different record keys",
    why="records of the two would mix",
    mend="Rename the newer of the two.",
)
_declare(
    "id.form",
    E,
    "Identifiers are lower-case letters, digits and hyphens",
    why="standards and LMSs refuse others",
    mend="Write it anew, such as 'first-steps'.",
)
_declare(
    "id.missing",
    E,
    "Questions and tasks have an identifier",
    why="answers could not be recorded",
    mend="Add {#a-short-name} behind the heading.",
)
_declare(
    "id.unknown",
    E,
    "Identifiers that are referred to exist",
    why="the reference would lead nowhere",
    mend="Correct the identifier, or add what it names.",
)
_declare(
    "language.missing",
    E,
    "Each text exists in every language",
    why="the learner would see a hole",
    mend="Write the text in that language.",
)
_declare(
    "language.unknown",
    E,
    "Texts are in the languages of the programme",
    why="nobody would see it",
    mend="Add the language to programme.yaml, or remove the text.",
)
_declare(
    "language.differs",
    E,
    "Questions and tasks agree in all languages",
    why="the switch would lose answers",
    mend="Give both languages the same questions, options and identifiers, in the same order.",
)
_declare(
    "markdown.html",
    E,
    "Text is Markdown, not HTML",
    why="tags would show as text",
    mend="Write it in Markdown.",
)
_declare(
    "media.broken",
    W,
    "A picture is what its name says",
    why="the learner would see a hole, or a server would send it as what it is not",
    mend="Save or export the picture anew, with the ending of its format.",
)
_declare(
    "media.cues",
    W,
    "Captions have cues that browsers can read",
    why="no caption would ever show, and nothing would say so",
    mend="Save the captions as WebVTT in UTF-8.",
)
_declare(
    "media.large",
    W,
    "A picture has no more bytes than a screen can show",
    why="on a phone the page stays empty for seconds, and an LMS sends it to everybody",
    mend="Save the picture at most 2,000 pixels wide, or build with --optimise.",
)
_declare(
    "media.converted",
    A,
    "Captions are WebVTT",
    why="browsers read nothing else; SubRip is made WebVTT when a package is built",
    mend="Leave it so, or save the captions as WebVTT.",
)
_declare(
    "markdown.table",
    W,
    "A table's rows have no more cells than its heading",
    why="what stands in the cells behind would be lost",
    mend="Give the table another column, or write a bar that is text with a backslash before it.",
)
_declare(
    "markdown.caption",
    W,
    "Captions of tables stand below them",
    why="the learner would see a colon and words that belong to nothing, or another row",
    mend="Write the caption as a paragraph below the table that begins with a colon and a blank.",
)
_declare(
    "markdown.footnote",
    W,
    "Footnotes and what refers to them go together",
    why="the note would not be shown, or the learner would see its mark",
    mend="Write [^name] in the text and a paragraph [^name]: with the note.",
)
_declare(
    "markdown.formula",
    E,
    "Formulas can be read",
    why="the learner would see TeX, or a part of the formula",
    mend="Mend the TeX between the dollar signs; write a dollar sign that is none of a formula with a backslash.",
)
_declare(
    "markdown.code",
    W,
    "Code ends with a line like the one it begins with",
    why="all that follows on the page would be code",
    mend="Write a line of as many backticks (or tildes) below the code.",
)
_declare(
    "markdown.phrase",
    E,
    "Braces behind a phrase name its language",
    why="nothing else can be said of a phrase",
    mend="Write [phrase]{lang=en}, or take the braces off.",
)
_declare(
    "markdown.heading",
    W,
    "Headings in the text start at the second level",
    why="screen readers lose the outline",
    mend="Begin with '##'; levels that are left out are closed up.",
)
_declare(
    "link.dead",
    E,
    "Links lead somewhere",
    why="the learner would meet an error",
    mend="Correct the link, or add the page or heading that it names.",
)
_declare(
    "link.form",
    E,
    "Links are pages, terms, media, https or mailto",
    why="a package may not reach elsewhere",
    mend="Link to a page of the module, to a term, a file in 'media', an https or a mailto address.",
)
_declare(
    "media.missing",
    E,
    "Pictures and media exist",
    why="the learner would see a hole",
    mend="Put the file into the module's folder 'media', or correct its name.",
)
_declare(
    "media.language",
    W,
    "Captions and pictures with words are of the page's language",
    why="learners would read another language than the page's",
    mend="Show the file of the page's language, or make one.",
    clause="WCAG 2.2, 3.1.2",
)
_declare(
    "media.alternative",
    E,
    "Pictures have an alternative text",
    why="blind learners would miss it",
    mend="Say between [ and ] what the picture shows.",
    clause="WCAG 2.2, 1.1.1",
)
_declare(
    "media.captions",
    E,
    "Films have captions and a transcript",
    why="deaf learners would miss it",
    mend='Add captions="../media/name.vtt", and write the transcript.',
    clause="WCAG 2.2, 1.2.1 and 1.2.2",
)
_declare(
    "container.unknown",
    E,
    "Containers are known",
    why="the text would not show as meant",
    mend="Correct the container's name; docs/authors.md lists them.",
)
_declare(
    "container.open",
    E,
    "Containers are closed",
    why="all that follows would be inside",
    mend="End the container with a line of as many colons as it began with.",
)
_declare(
    "container.place",
    E,
    "Containers stand where they may",
    why="the text would not show as meant",
    mend="Move the container to a place where docs/authors.md allows it.",
)
_declare(
    "container.option",
    E,
    "Options are known and have the right form",
    why="it would be ignored",
    mend="Correct the option, or remove it; docs/authors.md lists them.",
)
_declare(
    "block.body",
    E,
    "Blocks have what their kind needs",
    why="there would be nothing to see, or it could not be found",
    mend="Write the body as docs/authors.md says for the block.",
)
_declare(
    "question.type",
    E,
    "Questions have a known type",
    why="the learner could not answer",
    mend="Write one of the types that docs/authors.md lists.",
)
_declare(
    "question.body",
    E,
    "Questions have what their type needs",
    why="the learner could not answer",
    mend="Write the answers as docs/authors.md shows them for the type.",
)
_declare(
    "question.ambiguous",
    W,
    "No two answers of a question are the same, and none is both right and wrong",
    why="learners could not know which one to take, or one of them would never count",
    mend="Change one of the two, or remove it.",
)
_declare(
    "question.note",
    E,
    "Notes after the answers begin with their word",
    why="nobody would know when to show it",
    mend="Begin the note with its word, such as 'Hint:'.",
)
_declare(
    "scenario.body",
    E,
    "Scenarios have steps, choices and endings",
    why="the learner would be stuck",
    mend="Add the step, choice or ending that is missing.",
)
_declare(
    "worksheet.body",
    E,
    "Worksheets have fields, and fields stand in worksheets",
    why="nothing could be filled in",
    mend="Add a field, or put the field into a worksheet.",
)
_declare(
    "theme.contrast",
    E,
    "Colours of a theme stand out",
    why="many could not read it",
    mend="Take a darker or a lighter colour.",
    clause="WCAG 2.2, 1.4.3 and 1.4.11",
)


class Sheet:
    """Collects the findings of one file or folder."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def note(self, rule: str, place: Place, message: str, mend: str = "") -> None:
        """Note that ``rule`` is broken at ``place``."""
        self.findings.append(Finding(REGISTRY[rule], place, message, mend))
