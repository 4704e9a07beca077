"""The only settings. What differs from machine to machine comes from the environment.

`ALONGSIDE_MODE` says what the site is for:

- `production` (the default) refuses to start without what it needs to be safe;
- `demo` is what `make run` starts: e-mail goes to the console, demo people can sign in by a link;
- `test` is for the test suite.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = os.environ.get("ALONGSIDE_MODE", "production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(
        f"ALONGSIDE_MODE is “{MODE}”. It has to be production, demo or test."
    )
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = False

DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()
PORT = os.environ.get("PORT", "8000")
SITE_ADDRESS = os.environ.get("SITE_ADDRESS", "" if PRODUCTION else f"http://127.0.0.1:{PORT}")


def _required(name, what):
    """Return the environment's value, or stop with a sentence that says what to set."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {what}. Then start again.")
    return value


def _kept_secret_key():
    """Return the key kept beside the data, made the first time it is asked for."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text().strip()


if PRODUCTION:
    SECRET_KEY = _required("SECRET_KEY", "a long random text that only this site knows")
    SITE_ADDRESS = _required("SITE_ADDRESS", "the address people type, like https://example.org")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("SECRET_KEY is too short. Use 50 characters or more.")
else:
    SECRET_KEY = os.environ.get("SECRET_KEY") or _kept_secret_key()

_host = SITE_ADDRESS.split("://")[-1].split("/")[0].split(":")[0]
ALLOWED_HOSTS = [_host] if PRODUCTION else [_host, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
# An address of its own for H5P frames, like https://frames.example.org, if there is one.
H5P_ORIGIN = os.environ.get("H5P_ORIGIN", "").rstrip("/")
if H5P_ORIGIN:
    ALLOWED_HOSTS.append(H5P_ORIGIN.split("://")[-1].split(":")[0])

INSTALLED_APPS = [
    "lms",
    "certificates",
    "courses",
    "content",
    "lms.apps.CMSUsersConfig",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "modelsearch",  # the CMS finds by words, and notes what to find with each save
    "taggit",
    "allauth",
    "allauth.account",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lms.middleware.sandbox_door",  # before all that would learn who is asking
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "lms.middleware.cms_door",
    "lms.middleware.cms_policy",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.display.display",
                "lms.navigation.doors",
            ],
        },
    },
]

# --- Where things are kept -------------------------------------------------------------------

DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Django's own way of beginning a transaction lets two writers meet half-way, and one is
    # turned away with an error. IMMEDIATE makes the second wait its turn.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Shared by all processes: limits on guessing count across them.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = (
    60 * 60 * 24 * 60
)  # people come back after weeks away, and should not lose heart
SESSION_COOKIE_SAMESITE = "Lax"

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
# Where the web server in front finds DATA_DIR/private, if it may send files itself.
PRIVATE_FILES_AT = os.environ.get("PRIVATE_FILES_AT", "")
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Documents, and pictures as they were uploaded: no web server hands these out.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "private", "base_url": ""},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_MAX_AGE = 60 * 60 * 24 if PRODUCTION else 0
NODE_MODULES = BASE_DIR / "node_modules"

# --- Signing in ------------------------------------------------------------------------------

AUTH_USER_MODEL = "lms.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "learning"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lms.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "lms.forms.joining.SignInForm",
    "confirm_login_code": "lms.forms.joining.SignInCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # reading the code proves the address
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 1800  # tired people need longer than allauth's three minutes
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
# A room full of people comes in by one connection; nobody guesses a code in so few tries.
ACCOUNT_RATE_LIMITS = {"card": "30/15m/ip"}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# --- Mail ------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "Alongside <hello@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if PRODUCTION:
    EMAIL_HOST = _required("EMAIL_HOST", "the mail server that sends sign-in codes")
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# --- Safety ----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        **({"frame-src": [SELF, H5P_ORIGIN]} if H5P_ORIGIN else {}),
    }
}
CMS_PATH = "/cms/"
# Wagtail's date pickers and panels write styles and scripts into its own pages.
CMS_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview is a frame of its own site
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A large activity has more fields than Django takes, and Wagtail asks for as many too.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
if PRODUCTION:
    SECURE_SSL_REDIRECT = os.environ.get("SECURE_SSL_REDIRECT", "1") == "1"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# --- Words and times -------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
# What pages can be read in: each in its own name, so that people find theirs.
_every_language = {"en-gb": "English", "es": "Español"}
LANGUAGES = [
    (code, _every_language[code])
    for code in os.environ.get("SITE_LANGUAGES", " ".join(_every_language)).split()
    if code in _every_language
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = os.environ.get("TIME_ZONE", "Europe/London")
USE_I18N = True
USE_TZ = True

# --- Wagtail ---------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Alongside"
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILIMAGES_IMAGE_MODEL = "content.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "courses.forms.files.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "content.CourseDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "courses.forms.files.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024  # a film of a few minutes
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# What trainees will read is read by two people first: `courses.actions.catalogue` sets that up.
WAGTAIL_FINISH_WORKFLOW_ACTION = "courses.finishing.publish"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # they look after the site, not the words
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# --- Logs ------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
