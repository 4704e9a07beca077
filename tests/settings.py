"""The site's own settings, and the handful that tests need otherwise."""

import os
import tempfile

os.environ["ALONGSIDE_MODE"] = "test"
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="alongside-test-"))

from lms.settings import *  # noqa: F403

SECRET_KEY = "only for the tests, and at least fifty characters long"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
