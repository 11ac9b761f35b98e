"""A fresh office in a folder, on SQLite as it is set up for work, for the measurements that need one."""

import os
from pathlib import Path

import django
from django.core.management import call_command


def fresh(folder: Path) -> None:
    """Make the office; call it before anything of the office is imported."""
    os.environ |= {
        "LODGED_HOME": str(folder),
        "LODGED_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "lodged.office.desk.settings",
    }
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
