"""``python -m cxquiz`` does what the command ``cxquiz`` does."""

import sys

from cxquiz.cli import main

if __name__ == "__main__":
    sys.exit(main())
