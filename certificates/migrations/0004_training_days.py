"""When the training of those issued so far ended.

A migration of its own: PostgreSQL alters no table to which rows were written in the same
transaction. The guard is put in place after it, in 0005.
"""

from django.db import migrations
from django.db.models import F


def fill_in_training_day(apps, schema_editor):
    """Training ended with the last day that is printed on those issued so far."""
    apps.get_model("certificates", "Certificate").objects.update(training_day=F("last_day"))
    ready = apps.get_model("certificates", "Certificate").objects.filter(milestone__kind="ready")
    ready.update(months=12)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0003_afterwards")]
    operations = [migrations.RunPython(fill_in_training_day, migrations.RunPython.noop)]
