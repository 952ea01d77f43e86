"""What becomes of each member of H5P content (h5p.org): carried or told by who asks for it, or left out for a reason.

Contents remember which of their members a reader asked for; `untold` finds those that nobody did.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sclt.exchange.draft import as_text
from sclt.exchange.tagnames import names_in

IGNORED = {
    "words and looks of H5P's own player": """
        UI l10n a11y texts i18n labels confirmCheck confirmRetry override scoreBarLabel submitAnswer submitAnswers
        checkAnswer checkAnswerLabel tryAgain tryAgainLabel showSolution showSolutions showSolutionLabel tipsLabel
        tipLabel correctText incorrectText resetDropTitle resetDropDescription grabbed cancelledDragging correctAnswer
        feedbackHeader dropZoneIndex empty contains ariaDraggableIndex scoreBarLabelText notFilledOut answerIsCorrect
        answerIsWrong answeredCorrectly answeredIncorrectly solutionLabel solutionTitle inputLabel inputHasTipLabel
        tipButtonLabel tipAvailable scoreShow scoreExplanationButtonLabel a11yCheck a11yShowSolution a11yRetry
        a11yCheckLabel a11yRetryLabel a11yShowSolutionLabel remainingChars notEnoughChars messageSave ariaYourResult
        startButtonText scoreString message noResultMessage solutionButtonText retryButtonText finishButtonText
        submitButtonText skipButtonText showSolutionButtonText oldFeedback currikisettings dropzone noDropZone
        draggable grabbablePrefix grabbableSuffix dropzonePrefix tip_available localize score
        read displayTOC hideTOC nextPage previousPage chapterCompleted partCompleted incompleteChapter navigateToTop
        markAsFinished fullscreen exitFullscreen bookProgressSubtext interactionsProgressSubtext submitReport
        restartLabel summaryHeader allInteractions unansweredInteractions scoreText leftOutOfTotalCompleted
        noInteractions summaryAndSubmit noChapterInteractionBoldText noChapterInteractionText
        yourAnswersAreSubmittedForReview bookProgress interactionsProgress totalScoreLabel minimizeImage expandImage
        """,
    "how things are arranged or coloured": """
        x y width height size position backgroundOpacity buttonSize displayAsButton invisible useSeparator hTag
        fillSlideBackground fillGlobalBackground keywordListEnabled keywordListAlwaysShow keywordListAutoHide
        keywordListOpacity ct progressType baseColor defaultTableOfContents progressIndicators progressAuto
        displaySummary activeSurface hideSummarySlide summarySlideSolutionButton summarySlideRetryButton
        enablePrintButton social fixedHeight aspectRatio maxAlternativesPerRow separateLines disableImageZooming
        aspect backgroundColor showTitle questionTitle mime quality
        """,
    "how a try is made and checked in its player; sclt has tries of its own": """
        enableRetry enableTryAgain enableSolutionsButton enableCheckButton confirmCheckDialog confirmRetryDialog
        autoCheck autoContinue timeoutCorrect timeoutWrong soundEffectsEnabled showScorePoints instantFeedback
        showSolutionsRequiresInput enableFullScreen enableDropZoneHighlighting autoAlignSpacing preventResize
        disableBackwardsNavigation showResultPage showSolutionButton showRetryButton showAnimations skippable
        retryButton ignoreScoring weight dropZoneHighlighting alwaysDisplayComments
        linebreakReplacement pointsHost
        """,
    "what H5P files it under": """
        subContentId contentName contentType extraTitle a11yTitle defaultLanguage licenseVersion
        licenseExtras changes authorComments
        """,
}
"""Members that are left out without a word, by why."""
_IGNORED = names_in(*IGNORED.values())
_NOTHING: tuple[Any, ...] = (None, "", False, "U")
"""Values that say nothing; ``U`` is a licence that is not disclosed."""


class Content(dict[str, Any]):
    """An object of H5P's JSON that remembers which of its members were asked for."""

    def __init__(self, members: dict[str, Any]) -> None:
        super().__init__({name: remembering(value) for name, value in members.items()})
        self.asked: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        """Return a member, which is accounted for from now on."""
        self.asked.add(name)
        return super().get(name, default)

    def settle(self) -> None:
        """Take all members as accounted for: the whole was told."""
        self.asked.update(self)


def remembering(value: Any) -> Any:
    """Return JSON in which every object remembers."""
    if isinstance(value, dict):
        return Content(value)
    return [remembering(each) for each in value] if isinstance(value, list) else value


def object_of(value: Any, name: str) -> Content:
    """Return a member that is an object; an empty one where there is none."""
    found = value.get(name) if isinstance(value, Content) else None
    return found if isinstance(found, Content) else Content({})


def objects_of(value: Any, name: str) -> list[Content]:
    """Return the objects of a member that is a list."""
    found = value.get(name) if isinstance(value, Content) else None
    return [each for each in found if isinstance(each, Content)] if isinstance(found, list) else []


def markup_of(value: Content, name: str) -> str:
    """Return a member that is text, which is HTML in H5P."""
    found = value.get(name)
    return found if isinstance(found, str) else ""


def params_of(content: Content) -> Content:
    """Return what a library is given; its name and title are accounted for."""
    content.get("library")
    object_of(content, "metadata").get("title")
    return object_of(content, "params")


def untold(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the words of each member that says something, and that nobody asked for and nobody ignores.

    What is yielded is accounted for afterwards.
    """
    if isinstance(value, list):
        for n, each in enumerate(value):
            yield from untold(each, f"{path}[{n}]")
    elif isinstance(value, Content):
        for name, member in value.items():
            where = f"{path}.{name}" if path else name
            if name in _IGNORED:
                continue
            if name in value.asked:
                yield from untold(member, where)
            elif said := " ".join(words_of(member)):
                value.asked.add(name)
                yield where, said


def words_of(value: Any) -> Iterator[str]:
    """Yield what a content says; words of the player, identifiers and what says nothing are none."""
    if isinstance(value, list):
        for each in value:
            yield from words_of(each)
    elif isinstance(value, Content):
        for name, member in value.items():
            if name not in _IGNORED and name != "library":
                yield from words_of(member)
        value.settle()
    elif value not in _NOTHING and (text := as_text(value) if isinstance(value, str) else str(value).lower()):
        yield text
