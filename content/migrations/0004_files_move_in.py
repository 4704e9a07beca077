"""Documents and uploaded pictures move from the folder that a web server hands out to a private one.

Documents keep their numbers, so lessons that use them find them. Run again after a stop half-way,
it goes on where it was: a file that has moved is left alone.
"""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.color import no_style
from django.db import migrations

SAME = ["id", "title", "file_size", "file_hash", "file", "collection_id", "uploaded_by_user_id"]


def move_in(apps, schema_editor):
    old, new = apps.get_model("wagtaildocs", "Document"), apps.get_model("content", "CourseDocument")
    names = [*old.objects.values_list("file", flat=True)]
    for document in old.objects.order_by("pk"):
        moved = new.objects.create(**{name: getattr(document, name) for name in SAME})
        new.objects.filter(pk=moved.pk).update(created_at=document.created_at)
    point_at_the_new_ones(apps)
    old.objects.all().delete()
    for statement in schema_editor.connection.ops.sequence_reset_sql(no_style(), [new]):
        schema_editor.execute(statement)
    names += apps.get_model("content", "Picture").objects.values_list("file", flat=True)
    for name in names:
        move_file(name)


def point_at_the_new_ones(apps):
    """What is tagged, and where documents are used, is noted by their type."""
    kinds = apps.get_model("contenttypes", "ContentType").objects
    before = kinds.filter(app_label="wagtaildocs", model="document").first()
    if before is None:
        return
    now, _made = kinds.get_or_create(app_label="content", model="coursedocument")
    apps.get_model("taggit", "TaggedItem").objects.filter(content_type=before).update(
        content_type=now
    )
    apps.get_model("wagtailcore", "ReferenceIndex").objects.filter(to_content_type=before).update(
        to_content_type=now
    )


def move_file(name):
    source, target = Path(settings.MEDIA_ROOT, name), Path(storages["private"].path(name))
    if source.is_file() and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(source, target)


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0003_private_files"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]
    operations = [migrations.RunPython(move_in, migrations.RunPython.noop)]
