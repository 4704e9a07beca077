"""Tasks for the tests of `durable`: what they leave behind is a row, and twice is told."""

from django.utils import timezone
from django_tasks import task

from courses.actions import durable
from courses.models import Job

HURTS = "Zoë Núñez wrote to zoe@example.org"


@task(backend=durable.BACKEND)
def note_it(number):
    """Leave a row; a second time is told by what it says."""
    now = timezone.now()
    row, is_new = Job.objects.get_or_create(
        name=f"task {number}", defaults={"period": "once", "began_at": now}
    )
    if not is_new:
        Job.objects.filter(pk=row.pk).update(period="twice")


@task(backend=durable.BACKEND)
def stumble(number):
    raise ValueError(HURTS)
