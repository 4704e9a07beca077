"""Plain functions that make pictures, documents, and what is in them."""

import io
import struct
import wave

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Collection

from content.models import CourseDocument, Picture


def _root_collection():
    if not Collection.objects.exists():  # a test that empties the database takes it away
        Collection.add_root(name="Root")


def make_document(name="hand.txt", data=b"Hello", title="A handout", **fields):
    _root_collection()
    return CourseDocument.objects.create(title=title, file=ContentFile(data, name=name), **fields)


def picture_bytes(size=(760, 400), colour="#0d5c5b", form="PNG"):
    drawn = io.BytesIO()
    Image.new("RGB", size, colour).save(drawn, form)
    return drawn.getvalue()


def make_picture(name="arches.png", title="Two arches", data=None, **fields):
    _root_collection()
    return Picture.objects.create(
        title=title, file=ImageFile(io.BytesIO(data or picture_bytes()), name=name), **fields
    )


def sound_bytes(seconds=2, rate=8000):
    """A quiet tone, as a WAV file."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        frames = (((n * 440 // rate) % 2) * 2000 - 1000 for n in range(seconds * rate))
        sound.writeframes(b"".join(struct.pack("<h", frame) for frame in frames))
    return kept.getvalue()


def use_storage(settings, folder, backend="django.core.files.storage.FileSystemStorage"):
    """Keep private files in a folder of a test's own."""
    private = {"BACKEND": backend, "OPTIONS": {"location": folder, "base_url": ""}}
    settings.STORAGES = settings.STORAGES | {"private": private}
