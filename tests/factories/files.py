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


def film_bytes(seconds=30, size=(320, 180)):
    """A film of one picture a second, each of another colour, as a WebM file without sound."""

    def part(name, *inside):
        data = b"".join(inside)
        return bytes.fromhex(name) + (len(data) | 1 << 56).to_bytes(8, "big") + data

    def number(name, value):
        return part(name, value.to_bytes(4, "big"))

    def shown(second):
        picture = picture_bytes(size, f"hsl({second * 12}, 40%, 40%)", "WEBP")
        (length,) = struct.unpack("<I", picture[16:20])  # VP8 lies in a WebP as it does in a film
        frame = b"\x81\0\0\x80" + picture[20 : 20 + length]
        return part("1F43B675", number("E7", second * 1000), part("A3", frame))

    width, height = size
    drawn = part("E0", number("B0", width), number("BA", height))
    track = part(
        "AE", number("D7", 1), number("73C5", 1), number("83", 1), part("86", b"V_VP8"), drawn
    )
    length = part("4489", struct.pack(">f", seconds * 1000))
    about = part("1549A966", number("2AD7B1", 1_000_000), length)
    film = part("18538067", about, part("1654AE6B", track), *map(shown, range(seconds)))
    return part("1A45DFA3", part("4282", b"webm")) + film
