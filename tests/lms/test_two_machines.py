"""Two machines, one database and one store: what comes to one is there on the other.

Each machine is a process with a disk of its own; the store is moto's, in a thread of this one.
"""

import json
import logging
import os
import subprocess
import sys
import uuid
from pathlib import Path

import boto3
import pytest
from django.conf import settings as site
from moto.server import ThreadedMotoServer

from tests.factories.migrated import put_back_what_migrations_made
from tests.processes import this_database

pytestmark = pytest.mark.django_db(transaction=True)

ACCESS = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "eu-west-2"}

BEGIN = """
import json, sys
import django
django.setup()
from datetime import timedelta
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from content.actions import h5p
from content.models import CourseDocument, H5PLibrary, H5PVersion, Picture
from tests.factories.files import picture_bytes
from tests.factories.h5p import make_version
"""
# An author works on the first machine.
UPLOAD = """
film = CourseDocument(title="A film")
film.file.save("film.mp4", ContentFile(bytes(range(256)) * 1000))
drawn = ContentFile(picture_bytes(), name="talk.png")
picture = Picture.objects.create(title="A picture", description="Two people talk.", file=drawn)
address = picture.get_rendition("width-100").url
first = make_version(files={"a.png": b"abc"})
second = make_version(title="Say it again", files={"b.png": b"defg"})
print(json.dumps({"film": film.pk, "address": address, "version": first.pk,
                  "libraries": H5PLibrary.objects.count(), "folder": second.folder}))
"""
# A trainee reads on the second.
READ = """
told = json.loads(sys.argv[1])
film = CourseDocument.objects.get(pk=told["film"])
with film.file.open("rb") as opened:
    opened.seek(1000)
    part = opened.read(8)
    opened.seek(-4, 2)
    end = opened.read()
version = H5PVersion.objects.get(pk=told["version"])
library = version.libraries.first()
from content.playing import playable
joined = playable(version.pk).joined_script()
client = Client(SERVER_NAME="localhost")
picture = client.get(told["address"])
part_of_it = client.get(told["address"], headers={"Range": "bytes=0-3"})
gone = [client.get(path).status_code for path in ("/media/images/none.jpg", "/media/x.html")]
with storages["private"].open(f"{version.folder}/a.png") as opened:
    own = opened.read()
print(json.dumps({
    "part": list(part), "end": list(end), "own": own.decode(),
    "joined": joined.is_file() and joined.stat().st_size > 0,
    "picture": [picture.status_code, picture.headers["Content-Type"]],
    "begins": b"".join(part_of_it.streaming_content).hex(), "status": part_of_it.status_code,
    "gone": gone,
}))
"""
# What nobody names any more goes a day later, from whichever machine asks.
SWEEP = """
told = json.loads(sys.argv[1])
lost = H5PVersion.objects.get(folder=told["folder"])
package = lost.package
H5PVersion.objects.filter(pk=lost.pk).update(folder="h5p/content/elsewhere")
there = lambda: sorted(name for name in storages["private"].listdir("h5p/content")[0])
h5p.sweep(timezone.now())
today = there()
h5p.sweep(timezone.now() + timedelta(days=2))
print(json.dumps({"today": len(today), "later": there(),
                  "libraries": len(storages["private"].listdir("h5p/libraries")[0])}))
"""


@pytest.fixture
def store():
    """The address and name of an empty bucket."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    name = f"alongside-{uuid.uuid4().hex[:8]}"
    where = {"LocationConstraint": ACCESS["region_name"]}
    boto3.client("s3", endpoint_url=address, **ACCESS).create_bucket(
        Bucket=name, CreateBucketConfiguration=where
    )
    yield address, name
    server.stop()


@pytest.fixture
def machine(store, tmp_path):
    """A function that runs a program on the machine of this name and returns what it prints."""
    put_back_what_migrations_made()
    address, bucket = store

    def run(name, program, told=None):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lms.settings",
            "ALONGSIDE_MODE": "test",
            "DATA_DIR": str(tmp_path / name),
            "DATABASE_URL": this_database(),
            "SECRET_KEY": site.SECRET_KEY,
            "PYTHONPATH": str(site.BASE_DIR),
            "FILES_BUCKET": bucket,
            "FILES_ENDPOINT": address,
            "FILES_REGION": ACCESS["region_name"],
            "FILES_ACCESS_KEY": "test",
            "FILES_SECRET_KEY": "test",
        }
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", BEGIN + program, json.dumps(told)],
            env=environment,
            cwd=site.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


def on_disk_of(folder):
    """Return the first folder of every file on a machine's disk."""
    return {
        str(path.relative_to(folder).parent).split("/joined")[0]
        for path in Path(folder).rglob("*")
        if path.is_file()
    }


def test_what_comes_to_one_machine_is_there_on_the_other(machine, tmp_path):
    told = machine("first", UPLOAD)
    read = machine("second", READ, told)
    swept = machine("second", SWEEP, told)

    assert told["address"].startswith("/media/images/")
    assert read == {
        "part": [(1000 + n) % 256 for n in range(8)],
        "end": [252, 253, 254, 255],
        "own": "abc",
        "joined": True,
        "picture": [200, "image/png"],
        "begins": "89504e47",
        "status": 206,
        "gone": [404, 404],
    }
    assert swept["today"] == 2
    assert len(swept["later"]) == 1
    assert swept["libraries"] == told["libraries"]
    # What is left on a disk can go at any time: it is made again.
    assert on_disk_of(tmp_path / "first") == {"caches/h5p"}
    assert on_disk_of(tmp_path / "second") == {"caches/h5p"}
