"""Handouts as a cohort's edition holds them.

A revision never changes, so what is drawn from it is kept in each process and shared by everyone.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils import translation
from wagtail.models import Revision


@dataclass(frozen=True)
class Sheet:
    """A handout, drawn: what stands on the paper. `criteria` are those of its blocks of criteria.

    Each is (code, title, whether it is about safety, [(name of the level, what is seen)]).
    """

    title: str
    summary: str
    html: str
    criteria: tuple[tuple, ...] = ()


def sheet_of_page(page):
    """Return the Sheet of a HandoutPage, as it is in hand."""
    # What we say around its words is in its own language, whoever reads it first.
    with translation.override(page.locale.language_code):
        return Sheet(
            title=page.title,
            summary=page.summary,
            html="".join(block.render() for block in page.body),
            criteria=tuple(_criteria(page.body)),
        )


def _criteria(body):
    for block in body:
        if block.block_type == "criteria":
            for each, levels in block.value.described:
                yield each["code"], each["title"], bool(each["safety"]), tuple(levels)


@lru_cache(maxsize=512)
def sheet_of(revision_id):
    """Return the Sheet in the page revision with this id: no query when it was read before."""
    return sheet_of_page(Revision.objects.get(pk=revision_id).as_object())


def of_session(handouts, number):
    """Return those of an outline's handouts that belong to the session with this number."""
    return tuple(each for each in handouts if each.session == number)


def found(handouts, slug):
    """Return the one of these handouts with this slug; None when there is none."""
    return next((each for each in handouts if each.slug == slug), None)
