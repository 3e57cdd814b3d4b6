"""Makes the model where it is not there yet: `python -m knowledge.recognition [--overlay DIR] [--attended] FOLDER`.

The set-up runs it for the built-in content; a running bot runs it for a company's own folder.
"""

import argparse
import os
import threading
from pathlib import Path

from knowledge.recognition.models import load


def main() -> None:
    """Reads the arguments and makes what is missing."""
    parser = argparse.ArgumentParser(prog="python -m knowledge.recognition", description=__doc__)
    parser.add_argument("folder", type=Path, help="where a model is kept that can't lie beside the package")
    parser.add_argument("--overlay", type=Path, help="a company's own content")
    parser.add_argument("--attended", action="store_true", help="end with standard input: whoever asked is gone")
    asked = parser.parse_args()
    if asked.attended:
        threading.Thread(target=_end_with_input, daemon=True).start()
    load(asked.overlay, asked.folder)


def _end_with_input() -> None:
    while os.read(0, 1024):  # not sys.stdin: a reading thread would hold its lock when the program ends
        pass
    os._exit(1)  # from beside the learning, which takes a minute and nobody waits for any more


if __name__ == "__main__":
    main()
