"""The command line in a checkout: the same as the installed `sclt`."""

from sclt.cli import main

if __name__ == "__main__":
    main()
