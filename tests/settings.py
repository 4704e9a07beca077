"""The site's own settings, and the handful that tests need otherwise."""

import atexit
import os
import shutil
import tempfile

os.environ["ALONGSIDE_MODE"] = "test"
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="alongside-test-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from lms.settings import *  # noqa: E402, F403

SECRET_KEY = "only for the tests, and at least fifty characters long"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as on a real site: a database in memory has locks of its own kind. Nothing in it has
    # to survive a power cut, so nothing waits for the disk.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}  # noqa: F405
    _options = DATABASES["default"]["OPTIONS"]  # noqa: F405
    _options["init_command"] = _options["init_command"].replace("=FULL", "=OFF")
