"""Editions that were made before note which documents and pictures their pages use."""

import json

from django.db import migrations


def note_files(apps, schema_editor):
    existing = {
        "document": set(
            apps.get_model("content", "CourseDocument").objects.values_list("pk", flat=True)
        ),
        "picture": set(apps.get_model("content", "Picture").objects.values_list("pk", flat=True)),
    }
    held = {}
    for page in apps.get_model("courses", "EditionPage").objects.select_related("revision"):
        body = page.revision.content.get("body") or "[]"
        for block in json.loads(body) if body.startswith("[") else []:
            for what, pk in used_by(block):
                if pk in existing[what]:
                    held.setdefault((page.edition_id, what, pk))
    EditionFile = apps.get_model("courses", "EditionFile")
    EditionFile.objects.bulk_create(
        EditionFile(edition_id=edition, **{f"{what}_id": pk}) for edition, what, pk in held
    )


def used_by(block):
    """Yield what a block of a lesson uses, as it was when this was written."""
    kind, value = block["type"], block["value"]
    if kind in {"video", "audio", "download"}:
        yield "document", value.get("file")
        yield "document", value.get("captions")
    elif kind == "picture":
        yield "picture", (value.get("image") or {}).get("image")


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0004_files_move_in"),
        ("courses", "0010_edition_files"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(note_files, migrations.RunPython.noop)]
