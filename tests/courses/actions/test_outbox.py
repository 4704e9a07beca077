"""Messages: written with what they tell of, sent at most once, and never quietly lost."""

from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from courses.actions import outbox
from courses.models import (
    INTERRUPTED_AFTER,
    Message,
    MessageKind,
    Problem,
    RoleKind,
)
from tests.courses.post import MailServer
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_edition,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
NIGHT = NOW.replace(hour=22)
MORNING_AFTER = (NOW + timedelta(days=1)).replace(hour=8)  # nine in London


def note(key="a", person=None, at=NOW, **more):
    """A message of a kind that asks for little: it is from somebody, and says something."""
    return outbox.write(
        kind=MessageKind.NOTE,
        key=key,
        at=at,
        person=person or make_person(),
        by=more.pop("by", None) or make_person("Maria"),
        note="How are you getting on?",
        **more,
    )


def reminder(key="r", at=NOW, **more):
    more.setdefault("organisation", make_organisation("Harbour Peer Support"))
    return outbox.write(
        kind=MessageKind.STEP_LEFT,
        key=key,
        at=at,
        person=more.pop("person", None) or make_person(),
        link="https://example.org/learning/1/",
        left="lessons_finished",
        **more,
    )


def send(at=NOW, **more):
    return dict(outbox.send_due(at=at, **more))


def state(message, *fields):
    return Message.objects.values_list(*fields).get(pk=message.pk)


@pytest.fixture
def server():
    """A mail server, to which this site sends."""
    server = MailServer()
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=server.port,
        EMAIL_TIMEOUT=5,
    ):
        yield server
    server.stop()


# --- Writing -----------------------------------------------------------------------------------


def test_the_same_key_again_changes_nothing():
    first = note("a", by=make_person("Maria"))

    assert note("a", by=make_person("Nadia")) == first
    assert state(first, "from_name") == ("Maria",)


def test_who_has_no_address_gets_no_message():
    person = make_person()
    person.email = None
    person.save()

    assert note(person=person) is None
    assert Message.objects.count() == 0


def test_a_message_is_written_with_what_it_tells_of_or_not_at_all():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note()
        1 / 0  # noqa: B018

    assert Message.objects.count() == 0


def test_a_message_is_in_the_language_of_its_reader():
    languages = [
        note("a", person=make_person(language="es")).language,
        note("b", person=make_person()).language,
        note("c", person=make_person(language="tlh")).language,
    ]

    assert languages == ["es", "en-gb", "en-gb"]


def test_a_message_is_from_who_started_the_group_or_else_from_an_organiser():
    organisation = make_organisation("Harbour Peer Support")
    first, second = make_organiser(organisation, "Ann"), make_organiser(organisation, "Maria")
    cohort = make_cohort(make_edition(sessions=1), organisation)
    started = make_cohort(cohort.edition, organisation)
    started.started_by = second
    trainee = make_person()

    def names():
        found = []
        for group in (cohort, started):
            with transaction.atomic():
                row = note("x", person=trainee, cohort=group, by=None)
                found.append((row.from_name, row.reply_to))
                row.delete()
        return found

    def note(key, **more):
        return outbox.write(kind=MessageKind.NOTE, key=key, at=NOW, note="Hello", **more)

    ann, maria = (
        ("Ann, Harbour Peer Support", first.email),
        ("Maria, Harbour Peer Support", second.email),
    )
    assert names() == [ann, maria]

    second.roles.update(ended_at=NOW, ended_by=first)
    assert names() == [ann, ann]


def test_names_are_not_escaped_and_stay_on_one_line():
    message = note(
        by=make_person("Máire O'Neil <3"),
        person=make_person("D'Arcy & co"),
        organisation=make_organisation("Harbour\nSupport"),
    )

    assert message.from_name == "Máire O'Neil <3, Harbour Support"
    assert message.subject == "Máire O'Neil <3 has written to you"
    assert message.text.startswith("Hello D'Arcy & co,")


def test_only_reminders_wait_for_the_end_of_the_quiet_hours():
    house = make_organisation()

    assert note(at=NIGHT, organisation=house).send_after == NIGHT
    assert reminder(at=NIGHT, organisation=house).send_after == MORNING_AFTER


# --- Sending -----------------------------------------------------------------------------------


def test_a_message_is_sent_once_and_marked():
    message = note()

    assert (send(), send()) == ({"sent": 1}, {})
    assert state(message, "sent_at", "claimed_at", "attempts", "problem") == (NOW, NOW, 1, "")
    assert [sent.to for sent in mail.outbox] == [[message.address]]


def test_what_is_due_later_is_sent_later():
    note(send_after=NOW + MINUTE)

    assert (send(), send(NOW + MINUTE)) == ({}, {"sent": 1})


def test_no_more_is_sent_at_once_than_was_asked_for():
    for n in range(3):
        note(f"n{n}")

    assert (send(limit=2), send(limit=2)) == ({"sent": 2}, {"sent": 1})


@override_settings(
    SITE_ADDRESS="https://peers.example.org",
    DEFAULT_FROM_EMAIL="Alongside <hello@peers.example.org>",
)
def test_a_mail_is_plain_from_a_persons_name_and_answers_go_to_them():
    maria = make_person("Maria", email="maria@example.org")
    note(by=maria, organisation=make_organisation("Harbour Peer Support"))
    send()
    [sent] = mail.outbox
    raw = sent.message()

    assert raw["From"] == '"Maria, Harbour Peer Support" <hello@peers.example.org>'
    assert (raw["Reply-To"], raw["Subject"]) == ("maria@example.org", "Maria has written to you")
    assert raw.get_content_type() == "text/plain"
    assert raw["Message-ID"].endswith("@peers.example.org>")
    assert (raw["List-Unsubscribe"], raw["Auto-Submitted"]) == (None, None)


@override_settings(SITE_ADDRESS="https://peers.example.org")
def test_a_reminder_says_to_mail_programs_how_to_stop_it():
    reminder()
    send()
    raw = mail.outbox[0].message()
    stop = raw["List-Unsubscribe"]

    assert stop.startswith("<https://peers.example.org/reminders/")
    assert stop.strip("<>") in mail.outbox[0].body
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert raw["Auto-Submitted"] == "auto-generated"


def test_a_mail_has_the_same_name_each_time_and_tells_nothing_by_it():
    message = note("note:12:amina")
    names = []
    for n in range(2):
        Message.objects.update(claimed_at=None, sent_at=None)
        send(NOW + n * MINUTE)
        names.append(mail.outbox[-1].message()["Message-ID"])

    assert names[0] == names[1]
    assert "amina" not in names[0] and str(message.pk) != names[0]


def test_names_in_any_letters_arrive(server):
    note(by=make_person("Łucja Ŵyn"), person=make_person("Ελένη", email="eleni@example.org"))

    assert send() == {"sent": 1}
    [taken] = server.taken
    assert parseaddr(str(taken["From"]))[0] == "Łucja Ŵyn"
    assert "Hello Ελένη," in taken.get_content()


# --- What a mail server may answer -------------------------------------------------------------


def test_without_a_server_one_message_is_put_off_and_the_others_keep_their_tries(server):
    first, second = note("a"), note("b")
    server.stop()

    assert send() == {"later": 1}
    told = "problem", "attempts", "claimed_at", "send_after"
    assert state(first, *told) == (Problem.NO_SERVER, 1, None, NOW + 2 * MINUTE)
    assert state(second, *told) == ("", 0, None, NOW)


def test_a_message_is_tried_again_later_and_later_and_then_given_up(server):
    message = note(person=make_person(email="full@example.org"))
    server.answers["full@example.org"] = (452, "mailbox full")
    at, tries = NOW, []
    while state(message, "given_up_at") == (None,):
        assert send(at) == {"later": 1}
        (after,) = state(message, "send_after")
        tries.append((after - at) // MINUTE)
        at = after

    assert tries == [2, 10, 30, 120, 360, 720, 0]
    assert state(message, "problem", "attempts") == (Problem.NOT_NOW, 7)
    assert send(at + timedelta(days=9)) == {}
    assert server.taken == []


@pytest.mark.parametrize(
    ("where", "code", "problem"),
    [
        ("answers", 550, Problem.NO_SUCH_ADDRESS),
        ("after_data", 554, Problem.NOT_TAKEN),
    ],
)
def test_what_is_refused_for_good_is_given_up_at_once(where, code, problem, server):
    refused = note("a", person=make_person(email="gone@example.org"))
    other = note("b")
    getattr(server, where)["gone@example.org"] = (code, "no")

    assert send() == {"never": 1, "sent": 1}
    assert state(refused, "given_up_at", "problem", "attempts") == (NOW, problem, 1)
    assert state(other, "sent_at") == (NOW,)


def test_a_line_that_goes_dead_half_way_is_a_question_and_not_a_second_mail(server):
    first, second = note("a"), note("b")
    server.before_answer = lambda number: number != 1

    assert send() == {"unknown": 1, "sent": 1}
    assert state(first, "claimed_at", "sent_at", "problem") == (NOW, None, Problem.CUT_OFF)
    assert state(second, "sent_at") == (NOW,)
    assert send(NOW + timedelta(days=2)) == {}
    assert len(server.taken) == 2


def test_an_address_that_no_mail_can_carry_is_given_up():
    message = note(person=make_person(email="a@example.org"))
    Message.objects.update(address="nobody@@example.org\nBcc: all@example.org")

    assert send() == {"never": 1}
    assert state(message, "problem") == (Problem.NO_SUCH_ADDRESS,)


def test_a_reminder_that_waited_into_the_night_goes_in_the_morning():
    message = reminder(at=NIGHT - timedelta(hours=4))

    assert send(NIGHT) == {}
    assert state(message, "send_after", "attempts") == (MORNING_AFTER, 0)
    assert send(MORNING_AFTER) == {"sent": 1}


def test_what_would_come_too_late_is_not_sent_and_says_so():
    message = note(not_after=NOW + MINUTE)

    assert send(NOW + MINUTE) == {}
    assert state(message, "given_up_at", "problem") == (NOW + MINUTE, Problem.TOO_LATE)


# --- Stuck -------------------------------------------------------------------------------------

LATER = NOW + INTERRUPTED_AFTER


def interrupted(**more):
    """A message whose sender was stopped between taking it up and noting that it went."""
    message = note(**more)
    Message.objects.filter(pk=message.pk).update(claimed_at=NOW, attempts=1)
    message.refresh_from_db()
    return message


def test_what_was_interrupted_is_not_sent_by_itself_and_is_stuck_after_a_while():
    message = interrupted()

    assert send(LATER + timedelta(days=3)) == {}
    assert list(Message.objects.stuck(LATER - MINUTE)) == []
    assert list(Message.objects.stuck(LATER)) == [message]
    assert message.why_stuck == (
        "Something stopped us while it was being sent. It may have arrived."
    )


def test_an_organiser_lets_it_go_again_once_to_the_address_of_today():
    person, organiser = make_person(), make_person()
    message = interrupted(person=person)
    person.email = "new@example.org"
    person.save()
    message.refresh_from_db()

    pressed = [outbox.send_again(message=message, by=organiser, at=LATER) for _n in range(2)]

    assert pressed == [True, False]
    assert send(LATER) == {"sent": 1}
    assert [sent.to for sent in mail.outbox] == [["new@example.org"]]
    assert state(message, "again_by", "again_at") == (organiser.pk, LATER)


def test_an_organiser_leaves_it_and_it_is_not_asked_about_again():
    message, organiser = interrupted(), make_person()

    pressed = [outbox.let_be(message=message, by=organiser, at=LATER) for _n in range(2)]

    assert pressed == [True, False]
    assert list(Message.objects.stuck(LATER)) == []
    assert not outbox.send_again(message=message, by=organiser, at=LATER)
    assert send(LATER) == {}


def test_what_was_sent_or_is_being_sent_cannot_be_sent_again():
    sent, taken_up = note("a"), interrupted(key="b")
    Message.objects.filter(pk=taken_up.pk).update(send_after=LATER)
    send()

    for message in (sent, taken_up):
        assert not outbox.send_again(message=message, by=make_person(), at=NOW + MINUTE)


def test_a_message_is_taken_back_only_while_nobody_has_begun_to_send_it():
    waits, taken_up = note("a"), interrupted(key="b")

    assert outbox.take_back(keys=["a", "b"], at=NOW) == 1
    assert send() == {}
    assert state(waits, "problem", "let_be_at") == (Problem.NOT_TRUE_ANY_MORE, NOW)
    assert state(taken_up, "problem") == ("",)
    assert list(Message.objects.stuck(LATER)) == [taken_up]


# --- Texts are not kept ------------------------------------------------------------------------


def test_texts_are_taken_out_after_thirty_days_and_the_rest_stays():
    sent, stuck, waits = note("a"), interrupted(key="b"), note("c", send_after=NOW + MINUTE)
    send()
    after = NOW + timedelta(days=30)

    assert [outbox.blank(at=after), outbox.blank(at=after + MINUTE)] == [0, 2]
    texts = dict(Message.objects.values_list("pk", "text"))
    assert {pk: bool(text) for pk, text in texts.items()} == {
        sent.pk: False,
        stuck.pk: False,
        waits.pk: True,
    }
    assert state(sent, "subject", "sent_at") == ("Maria has written to you", NOW)
    stuck.refresh_from_db()
    assert not outbox.send_again(message=stuck, by=make_person(), at=after)


# --- Rules of the rows -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "claim"),
    [
        ({"kind": "advert"}, "message_is_a_known_kind"),
        (
            {"claimed_at": NOW, "sent_at": NOW, "given_up_at": NOW},
            "message_is_sent_or_given_up",
        ),
        ({"sent_at": NOW}, "message_is_claimed_before_it_is_sent"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(changes, claim):
    note()

    with pytest.raises(IntegrityError, match=claim), transaction.atomic():
        Message.objects.update(**changes)


def test_somebody_with_another_role_signs_no_message():
    organisation = make_organisation()
    for kind in RoleKind:
        if kind != RoleKind.ORGANISER:
            make_role(make_person(), organisation, kind)

    message = outbox.write(
        kind=MessageKind.STEP_LEFT,
        key="k",
        at=timezone.now(),
        person=make_person(),
        organisation=organisation,
    )

    assert (message.by, message.from_name) == (None, organisation.name)
