"""Which kinds of file an author may give to people, and how each is handed out. Pure."""

from pathlib import PurePath

# What we say a file is comes from this list, never from the one who uploaded it.
KINDS = {
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "vtt": "text/vtt; charset=utf-8",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "rtf": "application/rtf",
    "epub": "application/epub+zip",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
UNKNOWN = "application/octet-stream"
PLAYED = ("video/", "audio/", "text/vtt")


def extension(name: str) -> str:
    """Return what stands after the last dot of a file's name, in small letters."""
    return PurePath(name).suffix[1:].lower()


def kind(name: str) -> str:
    """Return what we say a file of this name is."""
    return KINDS.get(extension(name), UNKNOWN)


def is_played(name: str) -> bool:
    """Whether a page plays this file itself. Everything else is a download."""
    return kind(name).startswith(PLAYED)
