"""Opens the office for a verb: its folder held, Django set up, its tables and its log in order.

Django reads its settings once, from the environment, so the environment is set before anything of the office is
imported; that is why the office's own modules are found by name here and not at the top of the verbs.
"""

import importlib
import os
from pathlib import Path
from types import ModuleType

import django
from django.core.management import call_command

from lodged.office.home import DEMONSTRATION, Home, HomeInUseError
from lodged.problem import Problem, ProblemsError


def open_office(folder: Path, module: str, custodian: str, demo: bool = False) -> ModuleType:
    """Hold the folder, bring its tables up to date, and give a module of the office; raises HomeInUseError."""
    folder = folder.expanduser().resolve()
    Home(folder).hold()
    _settle(folder, custodian, demo)
    (folder / "static").mkdir(exist_ok=True)
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    return importlib.import_module(module)


def open_beside(folder: Path, module: str, custodian: str, demo: bool = False) -> ModuleType:
    """Give a module of an office that another process holds open; its tables are left as that one made them."""
    _settle(folder.expanduser().resolve(), custodian, demo)
    django.setup()
    return importlib.import_module(module)


def open_to_read(module: str) -> ModuleType:
    """Give a module of the office that `LODGED_HOME` names, alone or beside the process that holds it.

    Raises ProblemsError where there is no office that has a log.
    """
    home = Home.from_environment()
    if not home.head.exists():
        mend = "set LODGED_HOME to the office's folder"
        raise ProblemsError([Problem(str(home.folder), "there is no office here that has a log", mend)])
    demo = (home.folder / DEMONSTRATION).exists()
    custodian = os.environ.get("LODGED_CUSTODIAN") or "us-ny-nyc/doc"
    try:
        return open_office(home.folder, module, custodian, demo)
    except HomeInUseError:
        return open_beside(home.folder, module, custodian, demo)


def _settle(folder: Path, custodian: str, demo: bool) -> None:
    os.environ["LODGED_HOME"] = str(folder)
    os.environ["LODGED_CUSTODIAN"] = custodian
    os.environ["LODGED_DEMO"] = "1" if demo else ""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lodged.office.desk.settings"
