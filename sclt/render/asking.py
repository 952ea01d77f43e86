"""What the runtime knows of consulting the authors: the channels, and what was asked before."""

from __future__ import annotations

import base64
import re
from html import unescape

from sclt.model.course import Asking, Module, Page, Published
from sclt.questions.questiontype import Json

_TAG = re.compile(r"<[^>]*>")
_IN_LINE = re.compile(r"</?(?:a|abbr|b|code|em|i|q|span|strong|sub|sup)\b[^>]*>")


def consults(module: Module) -> bool:
    """Tell whether a module says how its authors are consulted, or has answers of theirs."""
    return module.asking is not None or any(_published(page) for page in module.pages)


def asking_data(module: Module) -> Json:
    """Return the members of the course's JSON for consulting the authors; none where there is nothing to say."""
    told = {"asking": _channels(module.asking)} if module.asking else {}
    answers = [entry for page in module.pages for entry in _answers(page)]
    return {**told, **({"answers": answers} if answers else {})}


def _channels(asking: Asking) -> Json:
    """Return the channels; an address is written so that who gathers addresses from pages does not find it."""
    return {
        "lms": asking.lms,
        "lrs": asking.lrs,
        "email": base64.b64encode(asking.email.encode()).decode(),
        "url": asking.url,
        "readers": asking.readers.texts if asking.readers else {},
    }


def _published(page: Page) -> dict[str, Published]:
    found = {tag: text.blocks[-1] for tag, text in page.texts.items() if text.blocks}
    return {tag: block for tag, block in found.items() if isinstance(block, Published)}


def _answers(page: Page) -> list[Json]:
    by_language = {tag: block.answers for tag, block in _published(page).items()}
    return [
        {
            "id": versions[0].id,
            "page": page.id,
            "question": {tag: each.question for tag, each in zip(by_language, versions, strict=True)},
            "text": {tag: _plain(each.html) for tag, each in zip(by_language, versions, strict=True)},
        }
        for versions in zip(*by_language.values(), strict=True)
    ]


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", _IN_LINE.sub("", html))).split())
