"""Makes the model where it is not there yet: `python -m knowledge.recognition [--overlay DIR] FOLDER`.

The set-up runs it for the built-in content; a running bot runs it for a company's own folder.
"""

import argparse
from pathlib import Path

from knowledge.recognition.models import load


def main() -> None:
    """Reads the arguments and makes what is missing."""
    parser = argparse.ArgumentParser(prog="python -m knowledge.recognition", description=__doc__)
    parser.add_argument("folder", type=Path, help="where a model is kept that can't lie beside the package")
    parser.add_argument("--overlay", type=Path, help="a company's own content")
    asked = parser.parse_args()
    load(asked.overlay, asked.folder)


if __name__ == "__main__":
    main()
