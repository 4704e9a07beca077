"""What we say the files of an H5P package are. Pure.

A browser is told by this list, never by the package. There is no kind that could be a page of
its own, but for SVG, which is a picture and is handed out where it can do nothing.
"""

from content import files

KINDS = {
    **{
        ending: kind
        for ending, kind in files.KINDS.items()
        if kind.startswith((*files.PLAYED, "text/"))
    },
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "ico": "image/x-icon",
    "svg": "image/svg+xml",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "ogv": "video/ogg",
    "mov": "video/quicktime",
    "aac": "audio/aac",
    "glb": "model/gltf-binary",
    "md": "text/plain; charset=utf-8",
    "pdf": "application/pdf",
}


def kind(name: str) -> str:
    """Return what we say a file of this name is. HTML and what is not known is only bytes."""
    return KINDS.get(files.extension(name), files.UNKNOWN)
