"""`lodged serve`: open the office for real work, if it is fit for that."""

import argparse
import json
import os
import sys
from collections.abc import Sequence

from lodged.office.desk.guard import obstacles


def run(arguments: Sequence[str]) -> int:
    """Refuse with every reason until the office is fit for real papers; exit code 2 then."""
    parser = argparse.ArgumentParser(prog="lodged serve", description="Open the office for real work.")
    parser.add_argument("--json", action="store_true", help="say it as JSON")
    options = parser.parse_args(arguments)
    missing = obstacles(os.environ)
    if options.json:
        print(
            json.dumps(
                {"ready": not missing, "missing": [{"where": p.where, "what": p.what, "mend": p.mend} for p in missing]}
            )
        )
    elif missing:
        print("lodged will not take real papers on this machine:", file=sys.stderr)
    if missing and not options.json:
        print("\n".join(str(problem) for problem in missing), file=sys.stderr)
    return 2 if missing else 0
