"""The outbox: a message is written in the transaction of what it tells of, and sent at most once.

Writing: the `key` says what a message is about, so that nothing is told twice. Sending: a row is
claimed before it is sent and marked afterwards. Whoever is stopped between the two leaves a row
that may have gone; it waits for a person to decide, because a mail twice is worse than a question.
"""

import re
import time
from collections import Counter, defaultdict
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation

from courses.actions.mailing import NO_SERVER, Fate, Post
from courses.actions.reminders import stop_link
from courses.models import REMINDERS, Message, Problem, Role, RoleKind
from courses.quiet import next_allowed

# How long to wait after each fault that may pass. After the last one we stop trying.
WAITS = [timedelta(minutes=minutes) for minutes in (2, 10, 30, 120, 360, 720)]
TEXTS_KEPT = timedelta(days=30)
# Far less than INTERRUPTED_AFTER: nobody takes for interrupted what somebody is still at.
RUN_FOR = 300  # seconds
SUBJECT_AT_MOST = 200


# --- Writing -----------------------------------------------------------------------------------


def write(*, kind, key, at, **more):
    """Put a message into the outbox, and return it. The same key again changes nothing.

    `person` gets it at their address, or `address` does. None is returned when there is neither:
    people without e-mail are told by their organiser. `cohort`, `organisation`, `language`,
    `send_after`, `not_after` and `by` (the person it is from) may be given; whatever else is given
    are words for the template `courses/mail/<kind>.txt`, whose first line is the subject.
    """
    written = write_all([{"kind": kind, "key": key, "at": at, **more}])
    return Message.objects.get(key=key) if written else None


@transaction.atomic
def write_all(letters):
    """Put many messages into the outbox at once, each as `write` takes it. Return how many."""
    rows = [row for row in (_row(**letter) for letter in letters) if row]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def write_new(letters):
    """Put those of these letters into the outbox that were not there before. Return how many."""
    keys = [letter["key"] for letter in letters]
    known = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    return write_all(letter for letter in letters if letter["key"] not in known)


def _row(*, kind, key, at, person=None, address="", cohort=None, organisation=None, **more):
    to = address or (person.email if person else "")
    if not to:
        return None
    organisation = organisation or (cohort.organisation if cohort else None)
    by = more.pop("by", None) or _signer(organisation, cohort)
    send_after = more.pop("send_after", None) or at
    about = {
        "kind": kind,
        "person": person,
        "cohort": cohort,
        "organisation": organisation,
        "by": by,
        "language": _language(more.pop("language", "") or getattr(person, "language", "")),
    }
    not_after = more.pop("not_after", None)
    subject, text = drawn(**about, **more)
    return Message(
        key=key,
        address=to,
        from_name=from_name(by, organisation),
        reply_to=(by.email or "") if by else "",
        subject=subject,
        text=text,
        made_at=at,
        send_after=_not_while_quiet(kind, organisation, send_after),
        not_after=not_after,
        **about,
    )


def drawn(*, kind, language, person=None, organisation=None, by=None, **words):
    """Return (subject, text) of a kind of message, as they are sent."""
    words |= {
        "site": settings.SITE_ADDRESS,
        "kind": kind,
        "person": person,
        "organisation": organisation,
        "by": by,
    }
    if kind in REMINDERS and person:
        words["stop_link"] = stop_link(settings.SITE_ADDRESS, person.pk, kind)
    with translation.override(language):
        template = get_template(f"courses/mail/{kind}.txt").template
        # Plain text: a name like O'Neil has nothing to be escaped from.
        text = template.render(Context(words, autoescape=False))
    subject, _line, text = text.strip().partition("\n")
    text = re.sub(r"\n{3,}", "\n\n", text.strip())  # where a template left a line empty
    return " ".join(subject.split())[:SUBJECT_AT_MOST], text + "\n"


def from_name(by, organisation):
    """Whom a message is from, as a mail program shows it: “Maria, Harbour Peer Support”."""
    names = [by.name if by else "", organisation.name if organisation else ""]
    return ", ".join(" ".join(name.split()) for name in names if name)


def signers(cohorts):
    """Return {cohort id: in whose name its messages are}, in one query.

    That is who started the group, or the organiser who came first; None where there is nobody.
    """
    organisers = _organisers({cohort.organisation_id for cohort in cohorts})
    return {
        cohort.pk: _chosen(organisers[cohort.organisation_id], cohort.started_by_id)
        for cohort in cohorts
    }


def _signer(organisation, cohort):
    if organisation is None:
        return None
    organisers = _organisers([organisation.pk])[organisation.pk]
    return _chosen(organisers, cohort.started_by_id if cohort else None)


def _organisers(organisations):
    """Return {organisation id: its organisers, who came first before the others}."""
    found = defaultdict(list)
    roles = Role.objects.in_force().filter(
        organisation__in=organisations, kind=RoleKind.ORGANISER, person__is_active=True
    )
    for role in roles.select_related("person").order_by("pk"):
        found[role.organisation_id].append(role.person)
    return found


def _chosen(organisers, started_by):
    return next((each for each in organisers if each.pk == started_by), None) or next(
        iter(organisers), None
    )


def _language(code):
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _not_while_quiet(kind, organisation, moment):
    """Reminders wait for the end of the organisation's quiet hours; nothing else does."""
    if kind not in REMINDERS or organisation is None:
        return moment
    return next_allowed(
        moment,
        organisation.quiet_from,
        organisation.quiet_until,
        timezone.get_default_timezone(),
    )


# --- Sending -----------------------------------------------------------------------------------


def send_due(*, at, limit=200):
    """Send what is due, each message once, whoever else is sending. Return what came of it.

    It counts what was "sent", what will be tried again "later", what "never" will be, and where it
    is "unknown". Not called inside a transaction: all have to see a claim before anything goes.
    """
    _give_up_what_comes_too_late(at)
    due = Message.objects.waiting().filter(send_after__lte=at).order_by("send_after", "pk")
    came_of_it, post, until = Counter(), Post(), time.monotonic() + RUN_FOR
    for pk in list(due.values_list("pk", flat=True)[:limit]):
        if time.monotonic() > until:
            break
        message = _claim(pk, at)
        if message is None:
            continue
        answer = post.hand_over(message)
        _mark(message, answer, at)
        came_of_it[answer.fate.value] += 1
        if answer == NO_SERVER:
            break  # the others keep their tries for when there is one
    post.close()
    return came_of_it


def _give_up_what_comes_too_late(at):
    late = Message.objects.waiting().filter(not_after__lte=at)
    late.update(given_up_at=at, problem=Problem.TOO_LATE)


def _claim(pk, at):
    """Take a message to send it, before the eyes of all others; None when it is not to be sent."""
    with transaction.atomic(durable=True):
        waiting = Message.objects.waiting().filter(pk=pk, send_after__lte=at)
        message = waiting.select_related("organisation").first()
        if message is None:
            return None
        allowed = _not_while_quiet(message.kind, message.organisation, at)
        if allowed > at:  # the quiet hours began while it waited
            waiting.update(send_after=allowed)
            return None
        if not waiting.update(claimed_at=at, attempts=F("attempts") + 1):
            return None
    message.claimed_at = at
    message.attempts += 1
    return message


def _mark(message, answer, at):
    """Write down what came of a message that we claimed."""
    changes = {"problem": answer.problem}
    if answer.fate is Fate.SENT:
        changes["sent_at"] = at
    elif answer.fate is Fate.NEVER or (
        answer.fate is Fate.LATER and message.attempts > len(WAITS)
    ):
        changes["given_up_at"] = at
    elif answer.fate is Fate.LATER:
        again = at + WAITS[message.attempts - 1]
        changes["claimed_at"] = None
        changes["send_after"] = _not_while_quiet(message.kind, message.organisation, again)
    ours = Message.objects.filter(
        pk=message.pk, claimed_at=message.claimed_at, sent_at=None, given_up_at=None
    )
    ours.update(**changes)


# --- Deciding about what is stuck --------------------------------------------------------------


@transaction.atomic
def send_again(*, message, by, at):
    """Let a message that is stuck go again, to the address that its person has now.

    Return whether it was stuck: pressing twice sends once.
    """
    stuck = Message.objects.stuck(at).filter(pk=message.pk)
    now_at = message.person.email if message.person else ""
    return bool(
        message.can_go_again
        and stuck.update(
            address=now_at or message.address,
            send_after=at,
            attempts=0,
            claimed_at=None,
            given_up_at=None,
            problem="",
            again_at=at,
            again_by=by,
        )
    )


@transaction.atomic
def let_be(*, message, by, at):
    """Leave a message that is stuck as it is. Return whether it was stuck."""
    stuck = Message.objects.stuck(at).filter(pk=message.pk)
    return bool(stuck.update(let_be_at=at, let_be_by=by))


@transaction.atomic
def take_back(*, keys, at):
    """Take messages out that nobody has begun to send, because they are not true any more."""
    waiting = Message.objects.waiting().filter(key__in=keys)
    return waiting.update(given_up_at=at, let_be_at=at, problem=Problem.NOT_TRUE_ANY_MORE)


@transaction.atomic
def blank(*, at):
    """Take out the words of messages that are done with. That there was one stays known."""
    past = at - TEXTS_KEPT
    done = Message.objects.filter(Q(claimed_at__lt=past) | Q(given_up_at__lt=past))
    return done.exclude(text="").update(text="")
