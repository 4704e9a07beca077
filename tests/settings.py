"""The site's own settings, and the handful that tests need otherwise."""

import atexit
import contextlib
import os
import shutil
import tempfile

os.environ["ALONGSIDE_MODE"] = "test"
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="alongside-test-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

# Past one machine (.ci/with-machines) each worker has its own of what is shared. It comes after
# the process that began it, which has named its own already.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
if os.environ.get("CACHE_URL", "").startswith("unix:"):
    _there = os.environ["CACHE_URL"].split("?")[0]
    os.environ["CACHE_URL"] = f"{_there}?db={_worker.removeprefix('gw')}"
if os.environ.get("FILES_BUCKET"):
    _there = os.environ["FILES_BUCKET"].split("-gw")[0]
    os.environ["FILES_BUCKET"] = f"{_there}-{_worker}"

from lms.settings import *  # noqa: E402, F403

SECRET_KEY = "only for the tests, and at least fifty characters long"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Each client of a test would list all static files; so they are looked for when asked for.
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as on a real site: a database in memory has locks of its own kind. Nothing in it has
    # to survive a power cut, so nothing waits for the disk.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}  # noqa: F405
    _options = DATABASES["default"]["OPTIONS"]  # noqa: F405
    _options["init_command"] = _options["init_command"].replace("=FULL", "=OFF")

if FILES_BUCKET:  # noqa: F405
    import boto3

    _how = STORAGES["default"]["OPTIONS"]  # noqa: F405
    _store = boto3.client(
        "s3",
        endpoint_url=_how["endpoint_url"],
        region_name=_how["region_name"],
        aws_access_key_id=_how["access_key"],
        aws_secret_access_key=_how["secret_key"],
    )
    with contextlib.suppress(_store.exceptions.BucketAlreadyOwnedByYou):
        _store.create_bucket(
            Bucket=FILES_BUCKET,  # noqa: F405
            CreateBucketConfiguration={"LocationConstraint": _how["region_name"]},
        )
