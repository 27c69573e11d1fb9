"""How fast read models are brought level: ``projections.py --help``."""

import sys
from pathlib import Path

if __name__ == "__main__":
    # In this folder our own name would be taken for the package's of read models.
    sys.path[0] = str(Path(__file__).parents[1])
    from benchmarks.projecting.run import main

    main()
