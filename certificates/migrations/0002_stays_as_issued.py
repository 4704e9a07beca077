"""Certificates and withdrawals stay as they are: see `certificates.guard`."""

from django.db import migrations

from certificates import guard


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]
    operations = [migrations.RunPython(guard.install, guard.remove)]
