import logging
import time
from datetime import UTC

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.actions import afterwards, notices
from courses import reminders
from courses.actions import durable, jobs, outbox
from lms import restoring
from lms.actions import erasing, retention
from lms.working_facts import TICK

logger = logging.getLogger(__name__)

# So long it works at what was put off: the next tick comes in a minute.
SECONDS = 40
ALWAYS, HOURLY, DAILY = "", "%Y-%m-%dT%H", "%Y-%m-%d"


def take_back(at):
    return f"{reminders.take_back_untrue(at)} reminders taken back"


def remind(at):
    return f"{reminders.write_due(at)} reminders written"


def renew(at):
    return f"{afterwards.renew_by_all_series(at=at)} renewals by a series caught up with"


def remind_of_ends(at):
    return f"{notices.write_due(at)} notices that a certificate ends"


def blank(at):
    return f"{outbox.blank(at=at)} old texts taken out"


def forget(at):
    return f"{erasing.erase_due(at=at)} people forgotten who asked for it"


def keep_no_longer(at):
    warned, forgotten = retention.keep_no_longer(at=at)
    return f"{warned} asked whether to keep their place, {forgotten} forgotten"


def take_names_out(at):
    return f"{erasing.take_names_out(at=at)} names taken out of old certificates"


def forget_set_aside(at):
    """On every machine: its disk is its own."""
    gone = restoring.forget_set_aside(at=at)
    return f"{gone} folders deleted that a restore had set aside" if gone else ""


def send(at):
    came = outbox.send_due(at=at)
    left = came["never"] + came["unknown"]
    return f"{came['sent']} messages sent, {came['later']} put off, {left} for an organiser to see"


def work(at):
    well, not_well = durable.work_off(until=time.monotonic() + SECONDS)
    return f"{well} tasks done, {not_well} put off"


def prune(at):
    return f"{durable.prune(at=at)} old tasks forgotten"


def note(at):
    """Note that there was a tick, for the page that says whether everything is working."""
    jobs.note(name=TICK, at=at)
    return ""


JOBS = [
    (ALWAYS, take_back),
    (HOURLY, remind),
    (DAILY, renew),
    (DAILY, remind_of_ends),
    (DAILY, blank),
    (ALWAYS, forget_set_aside),
    (DAILY, prune),
    (HOURLY, forget),
    (DAILY, keep_no_longer),
    (DAILY, take_names_out),
    (ALWAYS, send),
    (ALWAYS, note),
    (ALWAYS, work),
]


class Command(BaseCommand):
    help = (
        "Do what is due: write reminders, send messages, take out old texts. Run it every minute; "
        "more often, or on several machines at once, does no harm."
    )

    def handle(self, *args, **options):
        said, faults = do_due(timezone.now())
        self.stdout.write(", ".join(filter(None, said)) + ".")
        if faults:
            raise CommandError(f"Not done: {', '.join(faults)}. The log says why.")


def do_due(at):
    """Do what is due at this moment; return (what each job says of itself, what went wrong)."""
    said, faults = [], []
    for how_often, job in JOBS:
        name = job.__name__
        try:
            said += _done(name, how_often, job, at)
        except Exception:  # the others are done all the same
            logger.exception("tick: %s", name)
            faults.append(name)
    return said, faults


def _done(name, how_often, job, at):
    """Do a job if it is due, and return what it says of itself."""
    if how_often == ALWAYS:
        return [job(at)]
    if not jobs.begin(name=name, period=at.astimezone(UTC).strftime(how_often), at=at):
        return []
    said = job(at)
    jobs.end(name=name, at=at)
    return [said]
