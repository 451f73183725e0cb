"""Hold a lease on the bundled engine, so that it stays until somebody stops it: `engine start`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from graph_model.engine import lifecycle


def main() -> None:
    """Attach to the engine of the data folder in our first argument, say so, stay while it runs."""
    data = Path(sys.argv[1])
    with lifecycle.start_or_attach(data):
        sys.stdout.write("held\n")
        sys.stdout.flush()
        sys.stdout.close()
        while lifecycle.status(data).running:
            time.sleep(1)


if __name__ == "__main__":
    main()
