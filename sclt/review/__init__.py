"""Review with stakeholders: a course as one file to comment on, and comments back at the lines that they are about."""
