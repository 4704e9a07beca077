"""What a bundle holds, in words."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def whats_in_it(bundle):
    """Say what would come, like “7 sessions, 24 lessons, 12 pictures (3.4 MB)”."""
    said = [
        ngettext("%s session", "%s sessions", bundle.sessions) % bundle.sessions,
        ngettext("%s lesson", "%s lessons", bundle.lessons) % bundle.lessons,
    ]
    other = len(bundle.pages) - 1 - bundle.sessions - bundle.lessons
    if other:
        said.append(ngettext("%s other page", "%s other pages", other) % other)
    pictures, documents = bundle.pictures, bundle.documents
    if pictures:
        said.append(
            ngettext("%s picture", "%s pictures", len(pictures)) % len(pictures) + _size(pictures)
        )
    if documents:
        said.append(
            ngettext("%s document", "%s documents", len(documents)) % len(documents)
            + _size(documents)
        )
    if bundle.activities:
        n = len(bundle.activities)
        said.append(ngettext("%s activity", "%s activities", n) % n + _size(bundle.activities))
    return ", ".join(said)


def whats_left_out(bundle):
    """Say how much of it we cannot read; nothing when all of it can be."""
    n = len(bundle.problems)
    if not n:
        return ""
    return (
        ngettext(
            "There is %s thing in it that we cannot read. It will be left out:",
            "There are %s things in it that we cannot read. They will be left out:",
            n,
        )
        % n
    )


def _size(media):
    return _(" (%s)") % filesizeformat(sum(each.size for each in media))
