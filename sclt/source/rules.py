"""What the author's format demands, as a literal table, and the sheet on which faults are noted."""

from __future__ import annotations

from sclt.errors import Place
from sclt.model.finding import Finding, Rule, Severity

E, W, A = Severity.ERROR, Severity.WARNING, Severity.ADVICE

RULES = {
    rule.id: rule
    for rule in (
        Rule("file.missing", E, "a file that is named exists", "the learner would meet a hole"),
        Rule("file.encoding", E, "sources are UTF-8", "letters such as ą, č, ę would be wrong"),
        Rule("file.name", E, "names are ASCII lower-case letters, digits and . _ -", "some LMSs lose other names"),
        Rule("file.collision", E, "names differ by more than letter case", "one would overwrite the other in the LMS"),
        Rule("file.outside", E, "media lie in the course folder", "a package holds nothing from elsewhere"),
        Rule("text.todo", A, "skeleton texts are replaced", "the learner would read 'TODO'"),
        Rule("file.unlisted", W, "each page is listed in module.yaml", "nobody would ever see it"),
        Rule("media.unused", A, "each media file is shown somewhere", "it is not put into the package"),
        Rule("yaml.syntax", E, "YAML can be read", "nothing of the file can be used"),
        Rule("yaml.duplicate", E, "a key stands once", "one of the two values would be lost"),
        Rule("yaml.unknown", E, "keys are known", "what stands there would be ignored"),
        Rule("yaml.required", E, "required keys are there", "packages would lack it"),
        Rule("yaml.value", E, "values have the form that their key asks for", "packages would be wrong"),
        Rule("page.front-matter", E, "a page starts with front matter", "it would have no title"),
        Rule("page.empty", W, "a page has content", "the learner would see an empty page"),
        Rule("id.duplicate", E, "an identifier is given once in a module", "records of the two would mix"),
        Rule(
            "id.retired", E, "an identifier that was retired is not given again", "it would get the records of the old"
        ),
        Rule("id.key", E, "identifiers have different record keys", "records of the two would mix"),
        Rule(
            "id.form", E, "identifiers are lower-case letters, digits and hyphens", "standards and LMSs refuse others"
        ),
        Rule("id.missing", E, "questions and tasks have an identifier", "answers could not be recorded"),
        Rule("id.unknown", E, "identifiers that are referred to exist", "the reference would lead nowhere"),
        Rule(
            "id.lost", E, "identifiers of the earlier package are kept or accounted for", "learners would lose records"
        ),
        Rule("language.missing", E, "each text exists in every language", "the learner would see a hole"),
        Rule("language.unknown", E, "texts are in the languages of the programme", "nobody would see it"),
        Rule("language.differs", E, "questions and tasks agree in all languages", "the switch would lose answers"),
        Rule("markdown.html", E, "text is Markdown, not HTML", "tags would show as text"),
        Rule(
            "markdown.heading", W, "headings in the text start at the second level", "screen readers lose the outline"
        ),
        Rule("link.dead", E, "links lead somewhere", "the learner would meet an error"),
        Rule("link.form", E, "links are pages, terms, media, https or mailto", "a package may not reach elsewhere"),
        Rule("media.missing", E, "pictures and media exist", "the learner would see a hole"),
        Rule("media.alternative", E, "pictures have an alternative text", "blind learners would miss it (WCAG 1.1.1)"),
        Rule("media.captions", E, "films have captions and a transcript", "deaf learners would miss it (WCAG 1.2)"),
        Rule("container.unknown", E, "containers are known", "the text would not show as meant"),
        Rule("container.open", E, "containers are closed", "all that follows would be inside"),
        Rule("container.place", E, "containers stand where they may", "the text would not show as meant"),
        Rule("container.option", E, "options are known and have the right form", "it would be ignored"),
        Rule("question.type", E, "questions have a known type", "the learner could not answer"),
        Rule("question.body", E, "questions have what their type needs", "the learner could not answer"),
        Rule("question.note", E, "notes after the answers begin with their word", "nobody would know when to show it"),
        Rule("scenario.body", E, "scenarios have steps, choices and endings", "the learner would be stuck"),
        Rule(
            "worksheet.body", E, "worksheets have fields, and fields stand in worksheets", "nothing could be filled in"
        ),
        Rule(
            "theme.contrast", E, "colours of a theme stand out", "many could not read it", "WCAG 2.2, 1.4.3 and 1.4.11"
        ),
        Rule("state.size", E, "a module's records fit into what the standard keeps", "resuming would lose answers"),
    )
}


class Sheet:
    """Collects the findings of one file or folder."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def note(self, rule: str, place: Place, message: str, mend: str = "") -> None:
        """Note that ``rule`` is broken at ``place``."""
        self.findings.append(Finding(RULES[rule], place, message, mend))
