"""The office as a WSGI application; it refuses to be one for real papers while it is not fit for them."""

import os

from django.core.wsgi import get_wsgi_application

from lodged.office.desk.guard import obstacles
from lodged.problem import ProblemsError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lodged.office.desk.settings")

if os.environ.get("LODGED_DEMO") != "1" and (missing := obstacles(os.environ)):
    raise ProblemsError(missing)

application = get_wsgi_application()
