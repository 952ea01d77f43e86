"""sclt compiles course modules written as text into packages that any LMS imports.

The library's face, by what it works on:

- sources: `check_sources`, `build`, `import_course`, `export_course`
- packages of any maker: `validate`, `fix`, `inspect`
- xAPI statements: `validate_statements`, `send`, `copy_statements`
- learning records: `import_statements`, `pull`, `open_records`, `report`, `forget`
- what all of these ask: `rules`

Paths are text or `pathlib.Path`. Each function returns a `Result` with ``value``, ``findings`` and ``verdict``, but for
`open_records`, which returns a table, and `rules`. None prints, nor ends the process; what they raise is a `ScltError`:
`UsageError` for wrong use, `EnvironmentFault` for disk, network or a missing component. docs/python.md walks through.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sclt.compiling import build, check_sources
    from sclt.errors import EnvironmentFault, Place, ScltError, UsageError
    from sclt.exchange.bring import import_course
    from sclt.exchange.give import export_course
    from sclt.formerly import answer_records as answer_records
    from sclt.formerly import bring as bring
    from sclt.formerly import give as give
    from sclt.formerly import keep_statements as keep_statements
    from sclt.model.course import Course
    from sclt.model.finding import Finding, Rule, Severity, Topic
    from sclt.model.judged import Inside, Judged, JudgedStatements
    from sclt.model.package import Built
    from sclt.model.result import Result
    from sclt.records.activities import Activities
    from sclt.records.answers import Answer
    from sclt.records.exported import Export
    from sclt.records.forget import Forgotten
    from sclt.records.ingest import Told
    from sclt.records.keeping import expire, forget, import_statements, open_records, pull, report
    from sclt.rulebook import rules
    from sclt.validation.fix.mend import Mended, fix
    from sclt.validation.inspect import inspect
    from sclt.validation.judge import validate
    from sclt.xapi.judging.judge import validate_statements
    from sclt.xapi.sending.copying import Copied, copy_statements
    from sclt.xapi.sending.credentials import Credentials
    from sclt.xapi.sending.send import Limits, Summary, send

__version__ = "0.2.0"
__all__ = [
    "Activities",
    "Answer",
    "Built",
    "Copied",
    "Course",
    "Credentials",
    "EnvironmentFault",
    "Export",
    "Finding",
    "Forgotten",
    "Inside",
    "Judged",
    "JudgedStatements",
    "Limits",
    "Mended",
    "Place",
    "Result",
    "Rule",
    "ScltError",
    "Severity",
    "Summary",
    "Told",
    "Topic",
    "UsageError",
    "__version__",
    "build",
    "check_sources",
    "copy_statements",
    "expire",
    "export_course",
    "fix",
    "forget",
    "import_course",
    "import_statements",
    "inspect",
    "open_records",
    "pull",
    "report",
    "rules",
    "send",
    "validate",
    "validate_statements",
]
_HOMES = {
    "build": "sclt.compiling",
    "check_sources": "sclt.compiling",
    "validate": "sclt.validation.judge",
    "fix": "sclt.validation.fix.mend",
    "Mended": "sclt.validation.fix.mend",
    "inspect": "sclt.validation.inspect",
    "import_course": "sclt.exchange.bring",
    "export_course": "sclt.exchange.give",
    "validate_statements": "sclt.xapi.judging.judge",
    "send": "sclt.xapi.sending.send",
    "Limits": "sclt.xapi.sending.send",
    "Summary": "sclt.xapi.sending.send",
    "Credentials": "sclt.xapi.sending.credentials",
    "copy_statements": "sclt.xapi.sending.copying",
    "Copied": "sclt.xapi.sending.copying",
    "expire": "sclt.records.keeping",
    "forget": "sclt.records.keeping",
    "import_statements": "sclt.records.keeping",
    "open_records": "sclt.records.keeping",
    "pull": "sclt.records.keeping",
    "report": "sclt.records.keeping",
    "Answer": "sclt.records.answers",
    "Export": "sclt.records.exported",
    "Activities": "sclt.records.activities",
    "Forgotten": "sclt.records.forget",
    "Told": "sclt.records.ingest",
    "rules": "sclt.rulebook",
    "EnvironmentFault": "sclt.errors",
    "Place": "sclt.errors",
    "ScltError": "sclt.errors",
    "UsageError": "sclt.errors",
    "Course": "sclt.model.course",
    "Finding": "sclt.model.finding",
    "Rule": "sclt.model.finding",
    "Severity": "sclt.model.finding",
    "Topic": "sclt.model.finding",
    "Inside": "sclt.model.judged",
    "Judged": "sclt.model.judged",
    "JudgedStatements": "sclt.model.judged",
    "Built": "sclt.model.package",
    "Result": "sclt.model.result",
}
"""Where each name of the face lives; it is imported when it is used, so that `sclt --help` stays fast."""
_FORMER = {"answer_records", "bring", "give", "keep_statements"}
"""Names that still work, with a warning, and are not listed."""


if not TYPE_CHECKING:  # a type checker sees the imports above, and no other name

    def __getattr__(name: str) -> Any:
        """Return a name of the face from where it lives."""
        home = "sclt.formerly" if name in _FORMER else _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module 'sclt' has no attribute '{name}'")
        return getattr(importlib.import_module(home), name)


def __dir__() -> list[str]:
    """List the names of the face."""
    return __all__
