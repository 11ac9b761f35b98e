"""Whether the process lives, and whether the office can do its work."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lodged.log.errors import LogError
from lodged.office.desk.pages.safety import scanner_here
from lodged.office.seals import heads, tree
from lodged.page.open import walls_here


@login_not_required
@require_safe
def healthz(_: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(_: HttpRequest) -> JsonResponse:
    """Database, migrations and the signed head, each by a plain yes or no; 503 where one is missing.

    `sandbox` says within what strangers' files are opened, and `sandbox_lacks` what a hostile one could do all the same;
    `scanner` whether a virus scanner answers. They do not make the office unready: it works, and says how safely.
    """
    checks = {"database": _database(), "migrations": False, "head": False}
    if checks["database"]:
        checks["migrations"] = _migrations()
    if checks["migrations"]:
        checks["head"] = _head()
    ready = all(checks.values())
    return JsonResponse({"ready": ready, **checks, **_opening()}, status=200 if ready else 503)


def _opening() -> dict[str, object]:
    walls = walls_here()
    scanner = scanner_here()
    return {
        "sandbox": walls.by if walls else "none: no file can be opened",
        "sandbox_lacks": list(walls.lacks) if walls else [],
        "scanner": "answers" if scanner.answers else "does not answer" if scanner.address else "none",
    }


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _head() -> bool:
    """The newest signed head covers the whole tree, and the log's key can be read."""
    newest = heads.newest()
    try:
        heads.key()
    except (LogError, OSError):
        return False
    return newest is not None and newest.size == tree.size()
