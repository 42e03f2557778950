"""Open the library and serve the page: what ``zyqa serve`` does, for hosts that start a file of this name."""

from __future__ import annotations

import sys

from zyqa.apps.cli import main

if __name__ == "__main__":
    sys.argv[1:1] = ["serve"]
    main()
