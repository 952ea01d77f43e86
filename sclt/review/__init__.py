"""Review with stakeholders: a course as one file to comment on, and comments back at the lines that they are about.

``document`` makes one HTML file, in which ``review.js`` saves a file of ``comments``; ``anchoring`` finds the line of
a comment by what it quotes, ``findings`` makes findings of comments.
"""
