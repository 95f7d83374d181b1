"""Make every document to download again: `python content/documents/make.py`.

Each file `NN_*.py` of this folder makes the documents of module NN in its `main()`.
"""

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Run every program of this folder in the order of the modules."""
    sys.path.insert(0, str(HERE))
    for program in sorted(HERE.glob("[0-9][0-9]_*.py")):
        importlib.import_module(program.stem).main()


if __name__ == "__main__":
    main()
