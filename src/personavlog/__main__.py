"""``python -m personavlog``: the commands."""

from personavlog.cli.main import main

if __name__ == "__main__":
    main()
