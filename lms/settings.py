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

from lms import refusals

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


def _kept_secret_key():
    """Return the key kept beside the data, made the first time it is asked for."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text().strip()


if PRODUCTION:
    if _reasons := refusals.reasons(os.environ):
        raise ImproperlyConfigured("The site does not start yet.\n- " + "\n- ".join(_reasons))
    SECRET_KEY = os.environ["SECRET_KEY"]
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
    "django_tasks_db",  # work that is done later: courses.actions.durable
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "lms.logs.numbered",  # before all others, so that whatever goes wrong has a number
    "django.middleware.security.SecurityMiddleware",
    "lms.middleware.sandbox_door",  # before all that would learn who is asking
    "lms.middleware.kept_to_oneself",
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
    "lms.middleware.second_step_door",
    "lms.middleware.last_seen",
    "lms.middleware.only_so_much",
    "lms.middleware.cms_door",
    "lms.middleware.cms_policy",
    "lms.no_room.no_room",
    "lms.looking.who_looked",
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
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; "
            "PRAGMA secure_delete=ON;"  # what is deleted is written over
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes and machines: limits on guessing count across them.
CACHE_URL = os.environ.get("CACHE_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    },
}
TASKS = {
    # What Wagtail puts off (finding by words, references) it does at once.
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "durable": {"BACKEND": "django_tasks_db.DatabaseBackend"},
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
# Where several machines serve the site, its files lie on an S3-compatible store.
FILES_BUCKET = os.environ.get("FILES_BUCKET", "")
_store = {
    "bucket_name": FILES_BUCKET,
    "endpoint_url": os.environ.get("FILES_ENDPOINT") or None,
    "region_name": os.environ.get("FILES_REGION") or None,
    "access_key": os.environ.get("FILES_ACCESS_KEY") or None,
    "secret_key": os.environ.get("FILES_SECRET_KEY") or None,
    "file_overwrite": False,
    "default_acl": None,
}
_disk = "django.core.files.storage.FileSystemStorage"
STORAGES = {
    "default": {"BACKEND": "content.stores.Store", "OPTIONS": {**_store, "location": "media"}}
    if FILES_BUCKET
    else {"BACKEND": _disk},
    # Documents, and pictures as they were uploaded: no web server hands these out.
    "private": {"BACKEND": "content.stores.Store", "OPTIONS": {**_store, "location": "private"}}
    if FILES_BUCKET
    else {"BACKEND": _disk, "OPTIONS": {"location": DATA_DIR / "private", "base_url": ""}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_MAX_AGE = 60 * 60 * 24 if PRODUCTION else 0
NODE_MODULES = BASE_DIR / "node_modules"

# --- Signing what we hand out ----------------------------------------------------------------

# What badges are signed with: lines as `manage.py badge_key new` writes them, or a file of them.
BADGE_KEY = os.environ.get("BADGE_KEY", "")
BADGE_KEYS_FILE = Path(os.environ.get("BADGE_KEYS_FILE") or DATA_DIR / "badge_keys")
BADGE_KEY_BY_ITSELF = not PRODUCTION  # a demo makes its own
# What PDFs are signed with, if anything: a .p12 file, or a .pem with the key and its certificates.
# Nothing leads to another company's site unless an organisation wants it.
LINKEDIN_LINK = os.environ.get("LINKEDIN_LINK", "") == "yes"

PDF_SIGNING_FILE = os.environ.get("PDF_SIGNING_FILE", "")
PDF_SIGNING_PASSPHRASE = os.environ.get("PDF_SIGNING_PASSPHRASE", "")

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
# Counted in the cache that all processes share. A room full of people comes in by one connection
# (ip); at one address (key) nobody can try more than 30 of a million codes in an hour.
ACCOUNT_RATE_LIMITS = {
    "card": "30/15m/ip",
    "request_login_code": "20/m/ip,3/m/key,15/h/key",
    "try_login_code": "60/15m/ip,30/h/key",
}
# How many servers of ours stand in front and note for whom they ask. Without them every visitor
# would count as one; with one too many, a visitor could pretend to be somebody else.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SERVERS_IN_FRONT", "1" if PRODUCTION else "0"))
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# An address that we know must not be told from another by how long a page takes: the mail server
# is not waited for.
SEND_CODES_BESIDE = MODE != "test"

# The second step: a passkey, or an app that shows numbers; and codes on paper for a lost phone.
MFA_ADAPTER = "lms.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Alongside"
MFA_TOTP_TOLERANCE = 1  # half a minute more, for clocks that differ and hands that are slow
MFA_FORMS = {
    "activate_totp": "lms.forms.second_step.AddAppForm",
    "authenticate": "lms.forms.second_step.PassForm",
    "reauthenticate": "lms.forms.second_step.PassAgainForm",
    "add_webauthn": "lms.forms.second_step.AddPasskeyForm",
    "edit_webauthn": "lms.forms.second_step.NamePasskeyForm",
}
# Whoever writes in the CMS, organises, or is a safeguarding lead goes no further without one.
SECOND_STEP_REQUIRED = os.environ.get("SECOND_STEP_REQUIRED", "yes" if PRODUCTION else "") == "yes"

# Who was forgotten, outside of the database: a restore brings nobody back. Back it up by itself.
ERASURE_LIST = Path(os.environ.get("ERASURE_LIST") or DATA_DIR / "erased.jsonl")
# Days in which somebody who asked to be forgotten can change their mind.
ERASE_AFTER_DAYS = int(os.environ.get("ERASE_AFTER_DAYS", "14"))

# --- Mail ------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "Alongside <hello@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if PRODUCTION:
    EMAIL_HOST = os.environ["EMAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# --- Safety ----------------------------------------------------------------------------------

CSP_REPORTS_PATH = "/csp-reports/"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "report-uri": [CSP_REPORTS_PATH],  # as browsers have long known it, and as the newer ones
        "report-to": ["csp"],
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
# It asks for X_FRAME_OPTIONS "DENY". All pages but the CMS's say so in their content policy.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
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
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SESSION_COOKIE_SECURE = True
    # A browser takes a cookie of this name from this host alone, by https alone.
    SESSION_COOKIE_NAME = "__Host-sessionid"
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

# Whether somebody else makes the backups (a hoster's snapshots), so that the site misses none.
BACKUPS_ELSEWHERE = os.environ.get("BACKUPS", "") == "elsewhere"

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
    "formatters": {"lines": {"()": "lms.logs.Lines"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            **({"formatter": "lines"} if PRODUCTION else {}),
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "lms.requests": {"level": "INFO" if PRODUCTION else "WARNING"},
        # Django's own handlers write paths, and send mails to administrators with all that was
        # posted in them.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
