"""The CMS group that peer educators belong to: they write pages and media, and see no people.

The permissions on pages are given when the front page is made, as they hang on it.
"""

from django.db import migrations


def make_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get_or_create(name="Peer educators")


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0002_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(make_group, migrations.RunPython.noop)]
