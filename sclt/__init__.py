"""sclt compiles course modules written as text into packages that any LMS imports."""

__version__ = "0.1.0"
