"""What was issued is guarded again, and lets go of what is about somebody who was forgotten."""

from django.db import migrations

from certificates import guard


class Migration(migrations.Migration):
    dependencies = [("certificates", "0007_erased")]
    operations = [migrations.RunPython(guard.install, guard.remove)]
