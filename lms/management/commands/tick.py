import logging
from datetime import UTC

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses import reminders
from courses.actions import jobs, outbox

logger = logging.getLogger(__name__)

ALWAYS, HOURLY, DAILY = "", "%Y-%m-%dT%H", "%Y-%m-%d"


def take_back(at):
    return f"{reminders.take_back_untrue(at)} reminders taken back"


def remind(at):
    return f"{reminders.write_due(at)} reminders written"


def blank(at):
    return f"{outbox.blank(at=at)} old texts taken out"


def send(at):
    came = outbox.send_due(at=at)
    left = came["never"] + came["unknown"]
    return f"{came['sent']} messages sent, {came['later']} put off, {left} for an organiser to see"


JOBS = [(ALWAYS, take_back), (HOURLY, remind), (DAILY, blank), (ALWAYS, send)]


class Command(BaseCommand):
    help = (
        "Do what is due: write reminders, send messages, take out old texts. Run it every minute; "
        "more often, or on several machines at once, does no harm."
    )

    def handle(self, *args, **options):
        at, said, faults = timezone.now(), [], []
        for how_often, job in JOBS:
            name = job.__name__
            try:
                said += _done(name, how_often, job, at)
            except Exception:  # the others are done all the same
                logger.exception("tick: %s", name)
                faults.append(name)
        self.stdout.write(", ".join(said) + ".")
        if faults:
            raise CommandError(f"Not done: {', '.join(faults)}. The log says why.")


def _done(name, how_often, job, at):
    """Do a job if it is due, and return what it says of itself."""
    if how_often == ALWAYS:
        return [job(at)]
    if not jobs.begin(name=name, period=at.astimezone(UTC).strftime(how_often), at=at):
        return []
    said = job(at)
    jobs.end(name=name, at=at)
    return [said]
