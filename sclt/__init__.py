"""sclt compiles course modules written as text into packages that any LMS imports.

The library's face is small: `check_sources` reads sources and returns the course with every finding, `build` compiles
them into packages, `validate` judges a package of any maker, `validate_statements` a file of xAPI statements, `bring`
makes a module of a file of another system and `give` writes one for it, `keep_statements` fills records and
`answer_records` answers an analyst's questions of them. They take and return plain values; none prints, nor ends the
process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sclt.workflow import (
        answer_records,
        bring,
        build,
        give,
        keep_statements,
        validate,
        validate_statements,
    )
    from sclt.workflow import check as check_sources

__version__ = "0.2.0"
__all__ = [
    "__version__",
    "answer_records",
    "bring",
    "build",
    "check_sources",
    "give",
    "keep_statements",
    "validate",
    "validate_statements",
]


def __getattr__(name: str) -> Any:
    """Load the workflow only when it is used, so that `sclt --help` stays fast."""
    if name != "__version__" and name in __all__:
        from sclt import workflow

        # A function `sclt.validate` would turn into the package of that name as soon as something imports that.
        return getattr(workflow, "check" if name == "check_sources" else name)
    raise AttributeError(f"module 'sclt' has no attribute '{name}'")
