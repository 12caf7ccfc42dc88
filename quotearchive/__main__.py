"""Run the command line: `python -m quotearchive`."""

from quotearchive.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main(prog_name="quotearchive")
