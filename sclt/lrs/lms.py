"""An LMS of cmi5 on our LRS: register a course, enrol a learner, launch, waive, see the progress (cmi5, 6 to 14).

docs/cmi5-lms.md walks through. Everything is kept in the store of the LRS, so that it outlasts the process.
"""

from __future__ import annotations

import uuid
import zipfile
import zlib
from pathlib import Path

from sclt.errors import EnvironmentFault, UsageError
from sclt.lrs import documents, launch, sessions
from sclt.lrs.cmi5 import enrolments, judge
from sclt.lrs.cmi5.enrolments import Enrolment
from sclt.lrs.cmi5.following import done_in, tell_satisfied
from sclt.lrs.cmi5.progress import Progress, progress_of
from sclt.lrs.cmi5.rules.documents import AUDIO, LANGUAGE, PREFERENCES
from sclt.lrs.cmi5.structure import Au, Course, read_structure, units
from sclt.lrs.cmi5.telling import About, context_of, tell
from sclt.lrs.launch import Address, Launch
from sclt.lrs.store import Store
from sclt.model.result import AnyPath
from sclt.xapi.statements.identity import Json, agent_key, encode
from sclt.xapi.statements.vocabulary import Extension, Verb

REASONS = ("Tested Out", "Equivalent AU", "Equivalent Outside Activity", "Administrative")
"""Why an AU may be waived (cmi5, 9.5.5.2)."""
_MANIFEST = "cmi5.xml"
_LARGEST = 16 * 1024 * 1024  # bytes of a course structure: a thousand AUs have one


class Lms:
    """An LMS of cmi5. ``store`` and ``address`` are those of a running LRS, which AUs must reach."""

    def __init__(self, store: Store, address: Address) -> None:
        self._store, self._address = store, address

    def register(self, structure: AnyPath | bytes, base: str) -> Course:
        """Keep a course, in the place of an earlier one of the same id, for learners who are enrolled too.

        ``structure`` is a package, or its cmi5.xml as a file or as bytes; ``base`` is the address at which the
        package's folder is served. Raises UsageError for what is no course structure that can be launched.
        """
        content = structure if isinstance(structure, bytes) else _read(Path(structure))
        course = read_structure(content, base, self._address.root)
        enrolments.keep_course(self._store, course)
        return course

    def enrol(self, course: str, actor: Json, registration: str = "") -> str:
        """Enrol a learner in a course and return the registration, a UUID: a new one where none is given.

        ``course`` is the publisher's id, ``actor`` an Agent with an account. What moveOn does not ask for is satisfied
        at once (cmi5, 9.6.1). Raises UsageError for an unknown course, or an actor that cannot be launched.
        """
        launch.check_actor(actor)
        known = enrolments.course_of(self._store, course)
        if known is None:
            raise UsageError(f"No course has the id '{course}'.", hint="Register it first.")
        enrolled = Enrolment(registration.lower() or str(uuid.uuid4()), known, {"objectType": "Agent", **actor})
        with self._store.writing():
            enrolments.enrol(self._store, enrolled.registration, course, enrolled.actor)
            self._satisfy(enrolled, str(uuid.uuid4()))
        return enrolled.registration

    def launch(self, registration: str, au: str, mode: str = "Normal", return_url: str = "") -> Launch:
        """Begin a session of an AU and return the URL to open; open sessions of the registration are abandoned.

        ``au`` is the publisher's id, ``mode`` Normal, Browse or Review; at ``return_url`` the learner arrives on
        leaving. The AU's ``launch_method`` says whether it may be framed (cmi5, 8.1). Raises UsageError for what is not
        known here, and for an address that is none of the web.
        """
        enrolled = self._enrolment(registration)
        unit = self.unit(registration, au)
        return launch.launch_cmi5(
            self._store, self._address, unit, enrolled.actor, mode, enrolled.registration, return_url
        )

    def unit(self, registration: str, au: str) -> Au:
        """Return an AU of the course that a registration is for; raises UsageError where there is none."""
        enrolled = self._enrolment(registration)
        found = next((each for each in units(enrolled.course) if each.publisher_id == au), None)
        if found is None:
            raise UsageError(f"The course {enrolled.course.publisher_id} has no AU '{au}'.")
        return found

    def abandon(self, session: str) -> bool:
        """End a session whose window was closed without "terminated"; tell whether it was open (cmi5, 9.3.6)."""
        with self._store.writing():
            found = sessions.by_id(self._store, session)
            if found is None or not found.cmi5 or found.ended is not None:
                return False
            launch.abandon(self._store, self._address, found)
        return True

    def waive(self, registration: str, au: str, reason: str = "Administrative") -> None:
        """Tell that a learner need not do an AU, once in a registration (cmi5, 9.3.7).

        ``reason`` is one of `REASONS`. Raises UsageError for another, and for an AU that is waived already.
        """
        if reason not in REASONS:
            raise UsageError(f"'{reason}' is no reason to waive an AU.", hint=f"Reasons are: {', '.join(REASONS)}.")
        enrolled, unit = self._enrolment(registration), self.unit(registration, au)
        with self._store.writing():
            if Verb.WAIVED in done_in(self._store, enrolled.registration).get(unit.activity, ()):
                raise UsageError(f"The AU {au} is waived already in this registration.")
            session = str(uuid.uuid4())
            thing, context = launch.activity_of(unit.activity), context_of(unit.publisher_id, session)
            result = {"success": True, "completion": True, "extensions": {Extension.REASON: reason}}
            about = About(enrolled.actor, enrolled.registration, thing, context)
            tell(launch.teller(self._store, self._address), about, Verb.WAIVED, result)
            self._satisfy(enrolled, session)

    def prefer(self, actor: Json, language: str = "", audio: str = "") -> None:
        """Keep a learner's preferences (cmi5, 11): language tags with commas between them, and "on" or "off".

        What is not given is left out. Raises Refusal for preferences that cmi5 has no room for.
        """
        where = documents.Place(documents.AGENT_PROFILE.name, "", agent_key(actor), "", PREFERENCES)
        told = {name: value for name, value in ((LANGUAGE, language), (AUDIO, audio)) if value}
        judge.check_content(where, encode(told), "application/json")
        documents.put(self._store, where, encode(told), "application/json")

    def progress(self, registration: str) -> Progress:
        """Return how far a learner is; raises UsageError for an unknown registration."""
        return progress_of(self._store, self._enrolment(registration))

    def _satisfy(self, enrolled: Enrolment, session: str) -> None:
        tell_satisfied(launch.teller(self._store, self._address), enrolled, session)

    def _enrolment(self, registration: str) -> Enrolment:
        found = enrolments.enrolment(self._store, registration.lower())
        if found is None:
            raise UsageError(f"Nobody is enrolled by the registration '{registration}'.")
        return found


def _read(path: Path) -> bytes:
    """Return the course structure of a package, or of a file that is one."""
    try:
        if not zipfile.is_zipfile(path):
            return path.read_bytes()
        with zipfile.ZipFile(path) as package:
            if package.getinfo(_MANIFEST).file_size > _LARGEST:
                raise UsageError(f"{_MANIFEST} has more than {_LARGEST:,} bytes.", str(path))
            return package.read(_MANIFEST)
    except KeyError:
        raise UsageError(f"there is no {_MANIFEST} in it.", str(path)) from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as error:
        raise UsageError(f"it cannot be unpacked: {error}.", str(path)) from error
    except OSError as error:
        raise EnvironmentFault(f"cannot be read: {error.strerror}.", str(path)) from error
