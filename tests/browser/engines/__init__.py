"""One and the same play in each browser: window.py is what a play needs of one, then there is a file for each."""
