"""`python -m lodged.cli` is the same as `lodged`."""

from lodged.cli import main

main()
