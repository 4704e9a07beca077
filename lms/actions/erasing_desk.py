"""What Wagtail keeps of somebody who wrote, beyond the pages themselves.

The words of a course stay: they were given under its licence, and groups are in the middle of
them. Whose words they were, what was said about drafts and what was on its way goes.
"""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from modelsearch.models import IndexEntry
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    PageLogEntry,
    Revision,
    TaskState,
    UploadedFile,
)

COMMENTS = "wagtail_admin_comments"
SAID = ("comment", "reply")  # the words in what Wagtail logs


def erase(person):
    """Take out of the CMS who somebody was, and what they said beside the pages."""
    _out_of_revisions(person)
    _out_of_logs(person)
    _files(person)
    TaskState.objects.filter(finished_by=person).update(comment="")
    itself = {"content_type": _type_of(person), "object_id": str(person.pk)}
    IndexEntry.objects.filter(**itself).delete()


def _type_of(person):
    return ContentType.objects.get_for_model(type(person))


def _out_of_revisions(person):
    """Drop their comments from the drafts that were kept with them."""
    pages = Comment.objects.filter(Q(user=person) | Q(replies__user=person)).values("page")
    held = Revision.objects.filter(object_id__in=[str(row["page"]) for row in pages.distinct()])
    for revision in held.filter(content__has_key=COMMENTS).iterator(chunk_size=50):
        kept = [
            each | {"replies": _besides(person, each.get("replies", []))}
            for each in _besides(person, revision.content[COMMENTS])
        ]
        if kept != revision.content[COMMENTS]:
            revision.content[COMMENTS] = kept
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    CommentReply.objects.filter(user=person).delete()


def _besides(person, said):
    return [each for each in said if each.get("user") != person.pk]


def _out_of_logs(person):
    """What they did stays logged, as done by nobody; what was said or changed of them does not."""
    for log in (ModelLogEntry, PageLogEntry):
        for entry in log.objects.filter(user=person).exclude(data={}).iterator(chunk_size=200):
            log.objects.filter(pk=entry.pk).update(data=_without_words(entry.data))
    theirs = ModelLogEntry.objects.filter(content_type=_type_of(person), object_id=str(person.pk))
    theirs.update(label="", data={})


def _without_words(data):
    if isinstance(data, dict):
        return {key: _without_words(value) for key, value in data.items() if key not in SAID}
    return data


def _files(person):
    """Files that lie outside of the database and are theirs alone."""
    for profile in apps.get_model("wagtailusers.UserProfile").objects.filter(user=person):
        if profile.avatar:
            profile.avatar.delete(save=False)
    for uploaded in UploadedFile.objects.filter(uploaded_by_user=person):
        uploaded.file.delete(save=False)
