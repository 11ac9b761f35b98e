"""How the office is set up; every choice a custodian makes comes from the environment."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

import lodged
from lodged.office.desk.database import database
from lodged.office.home import Home

HOME = Home.from_environment()
HOME.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

LODGED_DEMO = os.environ.get("LODGED_DEMO", "") == "1"
LODGED_CUSTODIAN = os.environ.get("LODGED_CUSTODIAN") or "us-ny-nyc/doc"
LODGED_LETTERHEADS = Path(
    os.environ.get("LODGED_LETTERHEADS") or Path(lodged.__file__).parent / "samples/custodians.toml"
)
LODGED_STAMPS = os.environ.get("LODGED_STAMPS", "")  # the address of a time-stamping authority (RFC 3161)
# A virus scanner's socket, or host:port; else it is looked for where it usually is.
LODGED_CLAMAV = os.environ.get("LODGED_CLAMAV", "")
# The spools of our fax servers, as in PATH, and the list of our numbers and mailboxes with what each is.
LODGED_SPOOLS = tuple(Path(folder) for folder in os.environ.get("LODGED_SPOOLS", "").split(os.pathsep) if folder)
LODGED_NUMBERS = Path(os.environ["LODGED_NUMBERS"]) if os.environ.get("LODGED_NUMBERS") else None
LODGED_HOOKS_ANYWHERE = False  # for tests alone: agencies are told also at plain http and at addresses of this house
LODGED_ORIGIN = os.environ.get("LODGED_ORIGIN", "demo.lodged.example/1" if LODGED_DEMO else "")

SECRET_KEY = HOME.secret("django")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("LODGED_HOSTS", "127.0.0.1 localhost [::1]").split()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "lodged.office.staff",
    "lodged.office.seals",
    "lodged.office.arrivals",
    "lodged.office.readings",
    "lodged.office.people",
    "lodged.office.matters",
    "lodged.office.decisions",
    "lodged.office.reviews",
    "lodged.office.answers",
    "lodged.office.releases",
    "lodged.office.disputes",
    "lodged.office.reports",
    "lodged.office.room",
    "lodged.office.portal",
    "lodged.office.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lodged.office.desk.middleware.hand_down_the_hour",
    "lodged.office.desk.middleware.keep_the_custodians_time",
    "lodged.office.desk.middleware.keep_pages_out_of_caches",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lodged.office.desk.urls"
WSGI_APPLICATION = "lodged.office.desk.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lodged.office.desk.context.every_page",
            ],
            "builtins": [
                f"lodged.office.desk.templatetags.{name}"
                for name in ("lists", "marks", "names", "texts", "times", "values")
            ],
        },
    },
]

DATABASES = {"default": database(os.environ, HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "sign_in"

# Five wrong passwords lock the pair of user and address for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "staff/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# What a page tells after a step may name a value somebody typed: it stays in the house, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = HOME.folder / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 8 * 3600  # one shift
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Strict"
# The demo speaks plain http on this machine alone; anything else speaks https.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LODGED_DEMO
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
    }
}

# The desk's own limit stands in `page.open`; these keep a request from filling memory before it is reached.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_TEMP_DIR = str(HOME.folder)

# Names, numbers and the text of papers never enter a log line: only levels of our own loggers, with ids.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
