"""What has to be in place before the site is started, piece by piece, in words.

Each look returns what is missing as one sentence that says what to do, or nothing where all is
well. What is needed keeps the site from starting; the rest is worth knowing.
"""

import ctypes
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from certificates.badges import keys
from content import fonts, paper

# What draws PDFs, and the Debian package that each of them comes in.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "fontconfig",
}


@dataclass(frozen=True)
class Look:
    """One piece: what it is called, and what looks at it."""

    what: str
    missing: Callable[[], str]
    needed: bool = True


def data_folder():
    try:
        with tempfile.TemporaryFile(dir=settings.DATA_DIR):
            return ""
    except OSError as fault:
        return (
            f"The site cannot write in {settings.DATA_DIR} ({fault.strerror}). Give that folder "
            "to the user that the site runs as, or set DATA_DIR to another one."
        )


def database():
    try:
        connection.ensure_connection()
    except DatabaseError as fault:
        return f"The database does not answer. Look at DATABASE_URL. It said: {fault}".strip()
    return ""


def migrations():
    if database():
        return "The tables cannot be looked at while the database does not answer."
    return "Run: manage.py migrate. Some tables are not made yet." if to_migrate() else ""


def to_migrate():
    """Return the migrations that have not been run on this database."""
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def shared_cache():
    if database():
        return "The shared cache cannot be looked at while the database does not answer."
    try:
        cache.get("starting")
    except DatabaseError:
        return "Run: manage.py createcachetable. Limits on guessing are counted in that table."
    except Exception as fault:
        return f"The shared cache does not answer. Look at CACHE_URL. It said: {fault}"
    return ""


def static_files():
    if not settings.PRODUCTION:
        return ""
    try:
        listed = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    except (OSError, ValueError, KeyError):
        listed = {}
    there = (listed.get("lms/css/alongside.css"), listed.get("content/h5p/player.js"))
    if all(name and (settings.STATIC_ROOT / name).is_file() for name in there):
        return ""
    return "Run: manage.py collectstatic --no-input. The pages have no colours without it."


def translations():
    found = settings.BASE_DIR.glob("*/locale/*/LC_MESSAGES/django.po")
    if all(path.with_suffix(".mo").exists() for path in found):
        return ""
    return "Run: python .ci/compile_messages.py. Pages are in English only without it."


def kept_files():
    """Whether films, pictures and documents can be written and read where they are kept."""
    for alias in ("default", "private"):
        try:
            name = storages[alias].save("look-at-start", ContentFile(b"ok"))
            storages[alias].delete(name)
        except Exception as fault:
            return f"Uploaded files cannot be kept ({alias}). It said: {fault}"
    return ""


def pdf_libraries():
    missing = [package for name, package in LIBRARIES.items() if not _is_here(name)]
    if missing:
        return (
            "Certificates can be read as web pages, but not as PDF. "
            f"Run: apt-get install {' '.join(missing)}"
        )
    return "" if paper.can_draw() else "The PDF library is missing. Install requirements.txt."


def _is_here(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def paper_fonts():
    if fonts.faces():
        return ""
    return "Run: npm ci --ignore-scripts --omit=dev. Certificates use the system's fonts without."


def badge_key():
    try:
        known = keys.known()
    except keys.KeysUnreadable as fault:
        return str(fault)
    if known:
        return ""
    return "Run: manage.py badge_key new. Certificates come without badges until there is a key."


def mail_server():
    try:
        with get_connection():
            return ""
    except Exception as fault:
        return f"The mail server does not let the site in. Look at EMAIL_HOST. It said: {fault}"


LOOKS = [
    Look("Data folder", data_folder),
    Look("Database", database),
    Look("Tables", migrations),
    Look("Shared cache", shared_cache),
    Look("Static files", static_files),
    Look("Uploaded files", kept_files),
    Look("Translations", translations, needed=False),
    Look("PDF libraries", pdf_libraries, needed=False),
    Look("Fonts for paper", paper_fonts, needed=False),
    Look("Key for badges", badge_key, needed=False),
]
MAIL = Look("Mail server", mail_server)
