"""`python -m sclt`: the same as the installed `sclt`."""

from sclt.cli import main

if __name__ == "__main__":
    main(prog_name="sclt")
