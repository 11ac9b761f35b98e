"""The office as the tests see it: a folder of its own, a fast password hasher, everything else as in work."""

import os
import tempfile

os.environ["LODGED_HOME"] = tempfile.mkdtemp(prefix="lodged-test-")
os.environ["LODGED_DEMO"] = "1"

from lodged.office.desk.settings import *  # noqa: E402, F403  (settings are one module by Django's design)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
WHITENOISE_AUTOREFRESH = True
