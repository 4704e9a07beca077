"""Peer educators may add activities, until an administrator takes that back.

It is given here and not where the front page is set up, which happens again with each language
that is opened: what was taken back would return.
"""

from django.db import migrations


def let_peer_educators_add(apps, schema_editor):
    # Django makes permissions after all migrations, and leaves those alone that are here.
    kind, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="content", model="h5ppackage"
    )
    permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename="add_h5ppackage", defaults={"name": "Can add activity"}
    )
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name="Peer educators")
    group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0014_h5p_in_lessons"),
        ("content", "0005_h5p_packages"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(let_peer_educators_add, migrations.RunPython.noop)]
