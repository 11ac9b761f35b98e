"""A program of its own: a real server on a real file, and one request sent eight times at the same moment; prints what came."""

import json
import os
import sys
import threading
from datetime import timedelta

import django
import requests
from django.core.management import call_command
from django.utils.module_loading import import_string
from waitress.server import create_server

TIMES = 8


def main() -> None:
    """Send, then print the different answers and how many arrivals there are."""
    url, secret = _open()
    answers: list[str] = []

    def submit() -> None:
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "one-request"}
        answer = requests.post(f"{url}/api/v1/papers", headers=headers, files={"document": b"a paper"}, timeout=60)
        answers.append(f"{answer.status_code} {answer.text}")

    threads = [threading.Thread(target=submit) for _ in range(TIMES)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    arrivals = import_string("lodged.office.arrivals.models.Arrival").objects.count()
    sys.stdout.write(json.dumps({"answers": answers, "arrivals": arrivals}))
    sys.stdout.flush()
    os._exit(0)  # the server's threads have nothing to finish


def _open() -> tuple[str, str]:
    """The address of the server and the secret of a key."""
    django.setup()
    call_command("migrate", verbosity=0)
    acts = "lodged.office.portal.acts"
    at = import_string("lodged.office.desk.clock.now")() - timedelta(minutes=1)
    import_string("lodged.office.seals.heads.start")(at)
    admin = import_string("lodged.office.staff.acts.welcome")("admin", "administrator", "Ada Admin", at).user
    entered = import_string(f"{acts}.Entered")(
        "Ossian County Sheriff", "sheriff.example.gov", "555-0142", "called back"
    )
    agency = import_string(f"{acts}.enter_agency")(entered, "us-ny-nyc/doc", admin, at)
    scope = import_string(f"{acts}.Scope")("us-ny-nyc/doc", "intake server", True, True, timedelta(days=1))
    issued = import_string(f"{acts}.issue_key")(agency, scope, admin, at)
    application = import_string("lodged.office.desk.wsgi.application")
    server = create_server(application, host="127.0.0.1", port=0, threads=4, ident="lodged")
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{server.effective_port}", issued.secret


if __name__ == "__main__":
    main()
