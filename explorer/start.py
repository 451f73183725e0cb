"""The first thing that runs: brings the command line in, and answers Ctrl-C while its libraries are imported."""

from __future__ import annotations

import sys


def main() -> None:
    """The console script. Here the language is not known yet, so both are spoken."""
    try:
        from explorer.cli import main as whole  # takes most of a second, more on a busy machine
    except KeyboardInterrupt:
        sys.stderr.write("\n已取消，没有写入任何内容。 Cancelled; nothing was written.\n")
        raise SystemExit(130) from None
    whole()


if __name__ == "__main__":
    main()
