"""`lodged log recheck`: this office's own records, hashed again from the events and documents that it keeps."""

import argparse
import json

from lodged.cli._office import open_to_read

DONE, FAILED = 0, 1


def run(asked: argparse.Namespace) -> int:
    """Name every fault: 0 where there is none, 1 where something is not as it was sealed."""
    whole = open_to_read("lodged.office.desk.whole")
    size: int = whole.entries()
    faults = [{"where": fault.where, "what": fault.what} for fault in whole.faults()]
    if asked.json:
        print(json.dumps({"ok": not faults, "size": size, "faults": faults}, ensure_ascii=False, indent=2))
    elif faults:
        print("\n".join(f"{fault['where']}: {fault['what']}" for fault in faults))
    else:
        print(f"All {size} entries, every signed head, receipt and document are as they were sealed.")
    return FAILED if faults else DONE
