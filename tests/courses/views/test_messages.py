"""What organisers see of messages: what waits, what went, what is stuck; never what it says."""

import html
import re

import pytest
from django.urls import reverse

from courses.actions import outbox
from courses.models import INTERRUPTED_AFTER, Message, MessageKind, Problem, RoleKind
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db

ALL = "/organise/messages/"
SECRET = "Only for Amina to read"
LATER = NOW + INTERRUPTED_AFTER


class Place:
    """A group of one, its organiser, and messages that came to different ends."""

    def __init__(self):
        self.organisation = make_organisation("Harbour Peer Support")
        self.organiser = make_organiser(self.organisation, "Maria")
        self.leader = make_person("Fatima First")
        self.edition = make_edition(sessions=1)
        self.cohort = make_cohort(self.edition, self.organisation, facilitator=self.leader)
        self.amina = make_enrolment(self.cohort, make_person("Amina"))

    def message(self, key="m", at=NOW, **state):
        row = outbox.write(
            kind=MessageKind.NOTE,
            key=key,
            at=at,
            person=self.amina.trainee,
            cohort=self.cohort,
            by=self.organiser,
            note=SECRET,
        )
        Message.objects.filter(pk=row.pk).update(**state)
        return row

    def gone(self, key="gone"):
        return self.message(key, given_up_at=NOW, problem=Problem.NO_SUCH_ADDRESS)

    @property
    def of_cohort(self):
        return reverse("cohort_messages", args=[self.cohort.pk])


@pytest.fixture
def place():
    return Place()


def page(response):
    return html.unescape(response.content.decode())


def part(response, name):
    """The words below a heading, up to the next one of its size."""
    found = re.search(rf'<h2 id="{name}">.*?(?=<h2|</main>)', page(response), re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])).strip() if found else None


def test_what_is_stuck_is_shown_first_with_why_in_plain_words(signed_in, place):
    place.gone()
    place.message("cut", claimed_at=NOW)

    for where in (ALL, place.of_cohort):
        response = signed_in(place.organiser).get(where)
        group = " · Tuesday group" if where == ALL else ""
        assert part(response, "stuck") == (
            f"These need you Amina a note from an organiser{group} Something stopped us while it "
            "was being sent. It may have arrived. Send it again Leave it "
            f"Amina a note from an organiser{group} Their mail server takes no mail for this "
            "address. See if it is typed right. Send it again Leave it"
        )


def test_what_waits_and_what_went_is_shown_with_when(signed_in, place):
    place.message("waits", send_after=NOW)
    place.message("sent", claimed_at=NOW, sent_at=NOW)
    response = signed_in(place.organiser).get(place.of_cohort)

    assert part(response, "waiting") == (
        "Waiting to be sent Amina a note from an organiser goes on 1 September, 11:00"
    )
    assert part(response, "sent") == (
        "Sent Amina a note from an organiser sent on 1 September, 11:00"
    )
    assert part(response, "stuck") is None


def test_who_has_no_address_is_named_so_that_somebody_tells_them(signed_in, place):
    precious = make_enrolment(place.cohort, make_person("Precious"))
    precious.trainee.email = None
    precious.trainee.save()

    response = signed_in(place.organiser).get(place.of_cohort)

    assert part(response, "without") == (
        "Tell them yourself These people have no e-mail address here, so nothing reaches them "
        "from us. Precious"
    )


def test_no_text_of_a_message_is_shown_to_anybody(signed_in, place):
    place.gone()
    place.message("waits")
    place.message("sent", claimed_at=NOW, sent_at=NOW)

    for where in (ALL, place.of_cohort):
        assert SECRET not in page(signed_in(place.organiser).get(where))


def answers(client, place, message):
    return [
        client.get(ALL).status_code,
        client.get(place.of_cohort).status_code,
        client.post(reverse("message", args=[message.pk]), {"act": "leave"}).status_code,
    ]


@pytest.mark.parametrize("who", ["leader", "mentor", "trainee", "ended", "elsewhere"])
def test_only_organisers_of_the_organisation_see_and_decide(who, signed_in, place):
    message = place.gone()
    person = {
        "leader": lambda: place.leader,
        "mentor": lambda: _with_role(place, RoleKind.MENTOR),
        "trainee": lambda: place.amina.trainee,
        "ended": lambda: _ended(place),
        "elsewhere": lambda: make_organiser(make_organisation()),
    }[who]()
    client = signed_in(person)

    # An organiser of somewhere else has such a page, with nothing of this place on it.
    expected = [200 if who == "elsewhere" else 404, 404, 404]
    assert answers(client, place, message) == expected
    if who == "elsewhere":
        assert "Amina" not in page(client.get(ALL))
    message.refresh_from_db()
    assert message.let_be_at is None


def _with_role(place, kind):
    person = make_person()
    make_role(person, place.organisation, kind)
    return person


def _ended(place):
    person = make_organiser(place.organisation)
    person.roles.update(ended_at=NOW, ended_by=place.organiser)
    return person


@pytest.mark.parametrize(
    ("act", "said", "state"),
    [
        ("again", "It goes again within a minute or two.", (None, None, False)),
        ("leave", "It stays as it is, and leaves this list.", (NOW, None, True)),
    ],
)
def test_an_organiser_decides_once(act, said, state, signed_in, place):
    message, client = place.gone(), signed_in(place.organiser)
    there = reverse("message", args=[message.pk])

    first = client.post(there, {"act": act, "from": "cohort"}, follow=True)
    second = client.post(there, {"act": act}, follow=True)

    assert [first.redirect_chain, second.redirect_chain] == [
        [(place.of_cohort, 302)],
        [(ALL, 302)],
    ]
    assert [str(m) for m in first.context["messages"]] == [said]
    assert [str(m) for m in second.context["messages"]] == [
        "Nothing was left to decide about this message."
    ]
    message.refresh_from_db()
    decided = message.given_up_at, message.sent_at, message.let_be_by == place.organiser
    assert decided == state


def test_what_has_no_words_any_more_or_came_too_late_cannot_go_again(signed_in, place):
    Message.objects.filter(pk=place.gone("old").pk).update(text="")
    place.message("late", given_up_at=NOW, problem=Problem.TOO_LATE)
    response = signed_in(place.organiser).get(ALL)

    assert part(response, "stuck").count("It cannot go again.") == 2
    assert "Send it again" not in page(response)


def test_what_was_sent_earlier_is_a_page_further(signed_in, place, monkeypatch):
    monkeypatch.setattr("courses.views.messages.AT_MOST", 2)
    for n in range(3):
        place.message(f"m{n}", claimed_at=NOW, sent_at=NOW)
    client = signed_in(place.organiser)

    first = client.get(ALL)
    link = re.search(r'href="(\?before=\d+)#sent"', page(first))[1]
    second = client.get(ALL + link)

    assert [len(each.context["sent"]) for each in (first, second)] == [2, 1]
    assert "?before=" not in page(second)
    for nonsense in ("x", "-1", "9" * 40, "²"):
        assert len(client.get(f"{ALL}?before={nonsense}").context["sent"]) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_one_message_as_for_three(
    count, signed_in, place, django_assert_num_queries
):
    for n in range(count):
        place.gone(f"gone{n}")
        place.message(f"waits{n}")
        place.message(f"sent{n}", claimed_at=NOW, sent_at=NOW)
        precious = make_enrolment(place.cohort, make_person("Precious"))
        precious.trainee.email = None
        precious.trainee.save()
    client = signed_in(place.organiser)

    with django_assert_num_queries(8):
        client.get(place.of_cohort)


def test_the_organisers_desk_says_when_something_is_stuck(signed_in, place):
    client = signed_in(place.organiser)
    before = page(client.get("/organise/"))
    place.gone()
    after = page(client.get("/organise/"))

    assert "did not reach anybody" not in before
    assert "1 message did not reach anybody" in after


# --- A note ------------------------------------------------------------------------------------

KEY = "6f1c0f0e-54a5-4d26-9e0b-0c8a2d1f7a11"
HOW = "How are you getting on? Tell me if there is anything I can do."


def note(client, place, enrolment=None, act="send", key=KEY, **said):
    return client.post(
        reverse("person_note", args=[place.cohort.pk, (enrolment or place.amina).pk]),
        {"key": key, "ready": "how", "note": "", "act": act, **said},
    )


def letter(response):
    """The e-mail that the page shows, its lines."""
    shown = re.search(r'<div class="mail">(.*?)</div>', page(response), re.S)[1]
    return re.sub(r"<br>|</?p>", "\n", shown)


def test_what_is_shown_before_it_goes_is_word_for_word_what_they_get(signed_in, place):
    client = signed_in(place.organiser)
    shown = note(client, place, act="look", note="The kettle is on.")
    assert Message.objects.count() == 0

    sent = note(client, place, note="The kettle is on.")

    message = Message.objects.get()
    assert (shown.status_code, sent.url) == (200, reverse("cohort", args=[place.cohort.pk]))
    assert letter(shown).split() == message.text.split()
    assert f"Hello Amina,\n\n{HOW}\n\nThe kettle is on.\n\nMaria\nHarbour Peer" in message.text
    assert (message.subject, message.from_name, message.reply_to, message.by) == (
        "Maria has written to you",
        "Maria, Harbour Peer Support",
        place.organiser.email,
        place.organiser,
    )


def test_the_same_note_twice_is_once_and_other_words_are_another(signed_in, place):
    client = signed_in(place.organiser)

    for words in ("Hello", "Hello", "Hello again"):
        note(client, place, note=words)

    assert Message.objects.count() == 2


def test_the_pair_who_lead_can_write_too(signed_in, place):
    note(signed_in(place.leader), place)

    assert Message.objects.get().by == place.leader


@pytest.mark.parametrize("who", ["mentor", "trainee", "elsewhere"])
def test_nobody_else_can_write_to_a_person(who, signed_in, place):
    person = {
        "mentor": lambda: _with_role(place, RoleKind.MENTOR),
        "trainee": lambda: place.amina.trainee,
        "elsewhere": lambda: make_organiser(make_organisation()),
    }[who]()

    assert note(signed_in(person), place).status_code == 404
    assert Message.objects.count() == 0


def test_a_person_of_another_group_or_who_left_is_not_found(signed_in, place):
    other = make_enrolment(make_cohort(place.edition, place.organisation))
    left = make_enrolment(place.cohort)
    left.left_at = NOW
    left.save()
    client = signed_in(place.organiser)

    assert [note(client, place, each).status_code for each in (other, left)] == [404, 404]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"ready": ""}, "Choose a text, or say it in your own words."),
        ({"ready": "shout"}, "Choose a text, or say it in your own words."),
        ({"ready": "own"}, "Write what you want to say, or choose a text above."),
        (
            {"note": "a" * 1001},
            "This is too long for a note. Please make it shorter, or ring them.",
        ),
    ],
)
def test_a_note_that_cannot_go_is_still_there(said, problem, signed_in, place):
    response = note(signed_in(place.organiser), place, **said)

    assert response.status_code == 422
    assert re.findall(r'class="problem"[^>]*>([^<]+)<', page(response)) == [problem]
    assert said.get("note", "") in page(response)
    assert Message.objects.count() == 0


def test_changing_it_shows_again_what_was_written(signed_in, place):
    response = note(signed_in(place.organiser), place, act="change", ready="own", note="Dear you")

    assert response.status_code == 200
    assert "Dear you</textarea>" in page(response)
    assert re.findall(r'value="(\w+)"[^>]*checked', page(response)) == ["own"]


def test_a_ready_text_is_in_the_language_of_its_reader(signed_in, place):
    place.amina.trainee.language = "es"
    place.amina.trainee.save()

    note(signed_in(place.organiser), place)

    assert Message.objects.get().language == "es"


def test_E6_the_page_asks_to_leave_health_out(signed_in, place):
    there = reverse("person_note", args=[place.cohort.pk, place.amina.pk])

    assert (
        "E-mail can be read by others. Leave out anything about health, and why somebody was away."
    ) in page(signed_in(place.organiser).get(there))


def test_who_has_no_address_cannot_be_written_to(signed_in, place):
    person = place.amina.trainee
    person.email = None
    person.save()
    client = signed_in(place.organiser)

    response = note(client, place)

    assert response.status_code == 422
    assert "Tell them yourself" in page(response)
    assert Message.objects.count() == 0


def test_names_in_a_note_are_text_and_never_markup(signed_in, place):
    response = note(
        signed_in(place.organiser), place, act="look", note="<script>alert(1)</script>"
    )

    assert "<script>alert" not in response.content.decode()
