"""What organisations set for their certificates. Peer educators may look at it."""

import django.db.models.deletion
import wagtail.fields
import wagtail.models.preview
from django.db import migrations, models

import certificates.models.styles


def let_peer_educators_look(apps, schema_editor):
    # Django makes permissions after all migrations, and leaves those alone that are here.
    kind, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="certificates", model="certificatestyle"
    )
    permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind,
        codename="view_certificatestyle",
        defaults={"name": "Can view look of certificates"},
    )
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name="Peer educators")
    group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0005_guarded_again'),
        ('content', '0006_trials_of_activities'),
        ('courses', '0017_rules_as_settings'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='CertificateStyle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=certificates.models.styles.languages, default='en-gb', help_text='Your words are printed on certificates in this language. On others, ours.', max_length=10, verbose_name='language')),
                ('layout', models.CharField(choices=[('letter', 'Letter: quiet, in the middle of the page'), ('band', 'Band: a band of colour on top'), ('frame', 'Frame: a thin frame all round')], default='letter', max_length=10, verbose_name='design')),
                ('paper', models.CharField(choices=[('a4', 'A4 (most countries)'), ('letter', 'Letter (North America)')], default='a4', max_length=10, verbose_name='paper')),
                ('colour', models.CharField(default='#0d5c5b', help_text='Choose one that is dark enough to read on white paper.', max_length=7, validators=[certificates.models.styles.a_colour_to_read], verbose_name='colour')),
                ('opening', models.CharField(blank=True, help_text='They stand above the name. Leave it empty for: This is to say that', max_length=200, verbose_name='first words')),
                ('closing', models.CharField(blank=True, help_text='They stand above the names of those who sign. You can leave this empty.', max_length=300, verbose_name='last words')),
                ('signatories', wagtail.fields.StreamField([('signatory', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Name', 'max_length': 80}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': 'For example: Chair, or Facilitator of the course.', 'label': 'What they do', 'max_length': 80, 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('name', 0), ('role', 1)]], {})}, help_text='Up to three people. Their names are printed below a line to sign on.', verbose_name='who signs')),
                ('logo', models.ForeignKey(blank=True, help_text='Best is a picture that is 700 pixels wide or more, on white or on nothing.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='content.picture', verbose_name='logo')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'look of certificates',
                'verbose_name_plural': 'looks of certificates',
                'ordering': ['organisation__name', 'language'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'language'), name='style_set_once_for_each_language', violation_error_message='This organisation has a look for this language already. Change that one.')],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.RunPython(let_peer_educators_look, migrations.RunPython.noop),
    ]
