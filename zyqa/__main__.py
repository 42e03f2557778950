"""``python -m zyqa`` is ``zyqa``."""

from zyqa.apps.cli import main

main()
