"""What becomes of each element and attribute of a QTI item or test: carried, told, or left out for a reason.

Names are those of QTI 2 (Assessment, Section and Item Information Model 2.1); those of QTI 3 are the same in another
spelling. HTML and MathML inside are `sclt.exchange.htmltags`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sclt.exchange.htmltags import fate_of as fate_of_html
from sclt.exchange.tagnames import names_in

CARRIED = names_in("""
    assessmentItem responseDeclaration correctResponse value mapping mapEntry outcomeDeclaration defaultValue itemBody
    choiceInteraction orderInteraction matchInteraction textEntryInteraction inlineChoiceInteraction
    extendedTextInteraction associateInteraction gapMatchInteraction hottextInteraction sliderInteraction prompt
    hotspotInteraction hotspotChoice graphicGapMatchInteraction associableHotspot gapImg gapText
    simpleChoice simpleMatchSet simpleAssociableChoice inlineChoice feedbackInline feedbackBlock modalFeedback
    rubricBlock contentBody responseProcessing responseCondition responseIf responseElseIf responseElse
    setOutcomeValue match mapResponse isNull not and or variable baseValue correct multiple ordered sum product member
    stringMatch patternMatch equal gte lte gt lt
    assessmentTest testPart assessmentSection assessmentItemRef assessmentSectionRef
""")
"""Elements whose content comes over. Of interactions and tests, the reader tells what it cannot take."""
TOLD = {
    "templateDeclaration": "it makes its text anew for each learner",
    "templateProcessing": "it makes its text anew for each learner",
    "templateDefault": "it sets what an item makes anew for each learner",
    "templateBlock": "it makes its text anew for each learner",
    "templateInline": "it makes its text anew for each learner",
    "printedVariable": "it prints a variable",
    "areaMapping": "it scores places on a picture",
    "areaMapEntry": "it scores places on a picture",
    "matchTable": "it looks up a result in a table",
    "matchTableEntry": "it looks up a result in a table",
    "interpolationTable": "it looks up a result in a table",
    "interpolationTableEntry": "it looks up a result in a table",
    "infoControl": "it shows a hint that learners open",
    "endAttemptInteraction": "it is a button that ends an attempt",
    "apipAccessibility": "it has what readers with other needs are given",
    "catalogInfo": "it has what readers with other needs are given",
    "companionMaterialsInfo": "it names tools that learners may use",
    "timeLimits": "it limits the time",
    "preCondition": "it shows a part on a condition",
    "branchRule": "it leads on by a condition",
    "selection": "it draws some questions out of many",
    "ordering": "it mixes the questions",
    "itemSessionControl": "it rules attempts and what is shown after them",
    "weight": "it weighs a question",
    "outcomeProcessing": "it computes the test's result in its own way",
    "testFeedback": "it tells learners something after the test",
    "variableMapping": "it renames a result",
    "include": "it takes in another file",
    "customOperator": "it computes in a way of its maker",
    "customInteraction": "it is an interaction of its maker",
    "portableCustomInteraction": "it is an interaction of its maker",
}
"""Elements that do not come over, and what they do."""
IGNORED = {
    "stylesheet": "looks only",
    "interactionModules": "part of an interaction that is told",
    "interactionModule": "part of an interaction that is told",
    "interactionMarkup": "part of an interaction that is told",
}
_RULES = names_in("""
    lookupOutcomeValue exitResponse setTemplateValue setCorrectResponse setDefaultValue randomInteger randomFloat random
    index contains substring anyN subtract divide power integerDivide integerModulus truncate round integerToFloat
    delete durationLT durationGTE inside mapResponsePoint null fieldValue containerSize equalRounded
    statsOperator mathOperator mathConstant max min gcd lcm repeat roundTo responseProcessingFragment templateCondition
    templateIf templateElseIf templateElse templateConstraint exitTemplate default outcomeCondition outcomeIf
    outcomeElseIf outcomeElse exitTest testVariables outcomeMaximum outcomeMinimum numberCorrect numberIncorrect
    numberPresented numberResponded numberSelected lookupTable
""")
"""Parts of rules, which are told with the rule that they are of."""
_PLACES = names_in("""
    selectPointInteraction graphicOrderInteraction graphicAssociateInteraction gap hottext positionObjectInteraction
    positionObjectStage mediaInteraction drawingInteraction uploadInteraction
""")
"""Interactions, and their parts, that the reader tells with the item that it leaves out."""
ATTRIBUTES = {
    "carried": "identifier title cardinality baseType normalMaximum mapKey mappedValue responseIdentifier maxChoices "
    "outcomeIdentifier showHide view href template use caseSensitive defaultValue shuffle fixed id data-gap "
    "interpretation tolerance toleranceMode matchMax includeBoundary lowerBound upperBound pattern "
    "shape coords hotspotLabel objectLabel",
    "told": "adaptive timeDependent patternMask minChoices templateIdentifier placeholderText "
    "minStrings maxStrings required matchMin inclusive stringIdentifier",
    "ignored": "label toolName toolVersion lang orientation expectedLength expectedLines base format class length "
    "matchGroup navigationMode submissionMode visible keepTogether category schemaLocation dir type href "
    "maxAssociations minAssociations normalMinimum masteryValue longInterpretation externalScored fieldIdentifier",
}
"""Attributes of QTI's own elements: what is carried, what is told where it says other than the standard's default, and
what is left out: looks, notes of tools, and names that only other parts of the file refer to."""
_FATE_OF_ATTRIBUTE = {name: fate for fate in ("ignored", "told", "carried") for name in ATTRIBUTES[fate].split()}
_DEFAULTS = {
    "adaptive": ("false",),
    "timeDependent": ("false",),
    "minChoices": ("0", "1"),
    "required": ("false",),
    "matchMin": ("0",),
    "templateIdentifier": ("",),
}


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; nothing for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def is_own(name: str) -> bool:
    """Tell whether an element is QTI's own, by its name in QTI 2; others are those of HTML and MathML."""
    return name in CARRIED or name in TOLD or name in _RULES | _PLACES or name in IGNORED


def fate_of(name: str) -> str:
    """Return what becomes of an element of QTI: carried, told, ignored, or unknown."""
    if name in CARRIED or fate_of_html(name.lower()) != "unknown":
        return "carried"
    return "told" if name in TOLD or name in _RULES | _PLACES else "ignored" if name in IGNORED else "unknown"


def fate_of_attribute(name: str) -> str:
    """Return what becomes of an attribute of QTI's own elements: carried, told, ignored, or unknown."""
    return "ignored" if name.startswith("data-") else _FATE_OF_ATTRIBUTE.get(name, "unknown")


def losses(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield what of an item or test is told, with the element that it stands at: each kind once."""
    seen: set[str] = set()
    for element in root.iter():
        for key, message in _losses_of(element):
            if key not in seen:
                seen.add(key)
                yield element, message


def _losses_of(element: etree._Element) -> Iterator[tuple[str, str]]:
    name = local(element)
    if not name or "MathML" in str(element.tag):
        return
    if name in TOLD:
        yield name, f"'{name}' is left out: {TOLD[name]}."
    elif fate_of(name) == "unknown":
        yield name, f"the element '{name[:40]}' is not known and left out."
    if fate_of_html(name.lower()) != "unknown" or name in _RULES | _PLACES | TOLD.keys():
        return
    for key, value in element.attrib.items():
        attribute = str(key).rpartition("}")[2]
        fate = fate_of_attribute(attribute)
        if fate == "told" and str(value) not in _DEFAULTS.get(attribute, ()):
            yield f"{name} {attribute}", f"'{attribute}' of '{name}' is left out."
        elif fate == "unknown":
            yield f"{name} {attribute}", f"the attribute '{attribute[:40]}' of '{name}' is not known and left out."
