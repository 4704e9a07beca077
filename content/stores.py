"""Files in an S3-compatible store, for sites that are served by several machines.

Nobody is sent to the store: it would see who asks for what. Its files are handed out by the site,
as those on a disk are, part by part.
"""

import io
from urllib.parse import quote

from botocore.exceptions import ClientError
from django.conf import settings
from django.core.files.base import File
from storages.backends.s3 import S3Storage


class Store(S3Storage):
    """Storage in one folder of a bucket."""

    def url(self, name, *_args, **_options):
        """Return the site's own address of a public file."""
        return f"{settings.MEDIA_URL}{quote(name)}"

    def _open(self, name, mode="rb"):
        if mode != "rb":
            return super()._open(name, mode)
        return File(io.BufferedReader(_Object(self._object(name))), name)

    def get_modified_time(self, name):
        return self._object(name).last_modified

    def size(self, name):
        return self._object(name).content_length

    def put(self, name, path):
        """Keep a file of this disk under exactly this name, over what is there."""
        self.bucket.upload_file(str(path), self._key(name))

    def below(self, folder):
        """Yield the objects below a folder."""
        yield from self.bucket.objects.filter(Prefix=f"{self._key(folder)}/")

    def _object(self, name):
        found = self.bucket.Object(self._key(name))
        try:
            found.load()
        except ClientError as fault:
            if fault.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from fault
            raise
        return found

    def _key(self, name):
        return self._normalize_name(name)


class _Object(io.RawIOBase):
    """An object of the store as a file to read: from any place in it, and never all at once."""

    def __init__(self, found):
        self.found, self.size = found, found.content_length
        self.at, self.body = 0, None

    def readable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self.at

    def seek(self, offset, whence=io.SEEK_SET):
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence]
        if start + offset != self.at:
            self._let_go()
        self.at = start + offset
        return self.at

    def readinto(self, buffer):
        if self.at >= self.size:
            return 0
        if self.body is None:
            self.body = self.found.get(Range=f"bytes={self.at}-")["Body"]
        data = self.body.read(len(buffer))
        buffer[: len(data)] = data
        self.at += len(data)
        return len(data)

    def close(self):
        self._let_go()
        super().close()

    def _let_go(self):
        if self.body is not None:
            self.body.close()
            self.body = None
