"""Every certificate has its training day; what was issued is guarded again."""

from django.db import migrations, models

from certificates import guard


class Migration(migrations.Migration):
    dependencies = [("certificates", "0004_training_days")]
    operations = [
        migrations.AlterField("certificate", "training_day", models.DateField()),
        # On the way back nothing may hold on to columns that go.
        migrations.RunPython(guard.install, guard.remove),
    ]
