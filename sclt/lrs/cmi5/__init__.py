"""The LMS of cmi5: what a launched assignable unit (AU) may do, and what the LMS tells itself."""
