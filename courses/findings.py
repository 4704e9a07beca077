"""What there is to look at before a page is published: the page, as the rules see it.

Whatever has `minutes`, `sources` or a `body` of blocks is looked at for them, so that every type
of page can be asked.
"""

import hashlib
import json

from django.core.exceptions import ValidationError
from wagtail.fields import RichTextField, StreamField

from content.blocks.pieces import piece_of_html, pieces_of, texts_of
from content.kits import kits_in_every_language
from content.lesson_checks import Finding, Kind, Piece, Written, findings

NOT_FOR_READERS = {"licence", "sources", "sign_off_needed"}


def findings_of(page, today):
    """Return everything to look at in this page, as it stands here (a draft or what is live)."""
    found = findings(_written(page), today)
    return [*_unfinished(page), *found]


def what_stops(page, today):
    """Return what has to be mended before the page can be published."""
    return [found for found in findings_of(page, today) if found.stops]


def words_of(page):
    """Return a digest of what a reader of this lesson would see. Other words have another."""
    seen = {
        name: value
        for name, value in page.serializable_data().items()
        if name in {"title", "summary", "body", "sources", "minutes"}
    }
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def signed_off(page):
    """Return the sign-off of these very words, or None."""
    return page.sign_offs.filter(words=words_of(page)).last()


def _written(page):
    needed = getattr(page, "sign_off_needed", "")
    return Written(
        pieces=tuple(_pieces(page)),
        minutes=getattr(page, "minutes", None) or (0 if hasattr(page, "minutes") else None),
        planned=page.timing.planned if hasattr(page, "timing") else None,
        review_by=getattr(page, "review_by", None),
        has_sources=bool(getattr(page, "sources", None)),
        sign_off_missing=needed if needed and not signed_off(page) else "",
        kit_words=tuple(
            words for words in (page.title, getattr(page, "summary", "")) if words in _of_kits()
        ),
        is_english=page.locale.language_code.startswith("en"),
    )


def _of_kits():
    return {words for kit in kits_in_every_language() for words in (kit.title, kit.summary)}


def _pieces(page):
    for field in page._meta.get_fields():
        if field.name in NOT_FOR_READERS:
            continue
        value = getattr(page, field.name, None) if field.concrete else None
        if isinstance(field, RichTextField):
            yield piece_of_html(value or "", field.name)
        elif isinstance(field, StreamField) and field.name == "body":
            yield from pieces_of(value)
        elif isinstance(field, StreamField):
            yield Piece(id=field.name, texts=texts_of(field.stream_block, value))
        elif field.name in {"summary", "lead"}:
            yield Piece(id=field.name, texts=(value or "",))


def _unfinished(page):
    """Tell of gaps that a draft may have and a published page may not."""
    try:
        page.full_clean()
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                field.stream_block.clean(getattr(page, field.name))
    except ValidationError:
        return [Finding(Kind.UNFINISHED)]
    return []
