"""A badge inside its picture, so that the one file can be kept, shown and checked.

As Open Badges 3.0 asks: an element of its own in an SVG, a chunk of text in a PNG.
"""

import json
import struct
import zlib

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
KEYWORD = b"openbadgecredential"
FIRST_CHUNK_ENDS = 8 + 25  # of a PNG: its signature, and its size and colours


def into_svg(picture, badge):
    """Return the SVG with the badge in it, before all that is drawn."""
    head, rest = _after_its_beginning(picture)
    # Nothing within CDATA may end it, and XML cannot hold every character: JSON can write them
    # all in others.
    said = json.dumps(badge).replace("]]>", "]]\\u003e")
    element = (
        f'<openbadges:credential xmlns:openbadges="{NAMESPACE}">'
        f"<![CDATA[{said}]]></openbadges:credential>"
    )
    return (head + element + rest).encode()


def into_png(picture, badge):
    """Return the PNG with the badge in it, behind its first chunk. Its pixels are left alone."""
    # Between name and text: not squeezed, by no method, in no language, under no other name.
    content = KEYWORD + bytes(5) + as_text(badge).encode()
    checked = b"iTXt" + content
    chunk = struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
    return picture[:FIRST_CHUNK_ENDS] + chunk + picture[FIRST_CHUNK_ENDS:]


def as_text(badge):
    """Return a badge as JSON, letters as they are."""
    return json.dumps(badge, ensure_ascii=False)


def _after_its_beginning(svg):
    at = svg.index(">", svg.index("<svg")) + 1
    return svg[:at], svg[at:]
