"""Questions that are more than a choice: put in order, sorted, answered in words, with numbers."""

import re
import uuid

import pytest

from courses.models import Attempt, Comparison, ScaleAnswer, ShortAnswer
from tests.courses.views.test_lessons import LARGEST, Lesson, make_edition_of, said
from tests.factories.courses import (
    make_cohort,
    make_enrolment,
    order_block,
    scale_block,
    short_block,
    sort_block,
    step_block,
)

pytestmark = pytest.mark.django_db

THINGS = ("Name it", "Gather ideas", "Pick one", "Try it")


class Asked(Lesson):
    """A lesson with one exercise on its only step."""

    def __init__(self, client, block):
        edition = make_edition_of([step_block("Try"), block])
        super().__init__(make_enrolment(make_cohort(edition)), client)
        self.block = block

    def ids(self, name):
        return [item["id"] for item in self.block["value"][name]]

    def send(self, key=None, **sent):
        where = self.address("answer", 1, self.block["id"])
        return self.client.post(where, {"key": key or uuid.uuid4(), **sent})


def problems(response):
    return re.findall(r'class="problem"[^>]*>([^<]+)<', response.content.decode())


def fed_back(html):
    """What is said back, a line for each paragraph."""
    boxes = re.findall(r'<(div|p)( class="fb.*?)</\1>', html, re.S)
    return [
        " ".join(re.sub(r"<[^>]+>", " ", line).split())
        for tag, box in boxes
        for line in re.findall(r"<p[^>]*>(.*?)</p>", f"<{tag}{box}</{tag}>", re.S)
    ]


# --- Put in order ------------------------------------------------------------------------------


@pytest.fixture
def order(client):
    return Asked(client, order_block(items=THINGS))


def rows(html):
    """The things as they are shown, with the number in the box of each."""
    found = re.findall(
        r'name="item" value="([^"]+)".*?<select.*?</select>\s*<label[^>]*>([^<]+)<', html, re.S
    )
    boxes = re.findall(r'<select name="place".*?</select>', html, re.S)
    numbers = [re.findall(r"<option selected>(\d+)<", box) for box in boxes]
    return [(item, text, *number) for (item, text), number in zip(found, numbers, strict=True)]


def test_things_to_order_are_shown_in_another_order_and_always_in_the_same(order):
    first, again = rows(order.read()), rows(order.read())

    assert first == again
    assert [text for _item, text, _n in first] != list(THINGS)
    assert [number for _item, _text, number in first] == ["1", "2", "3", "4"]


def test_two_people_may_meet_two_orders(order, client):
    mine = [text for _item, text, _n in rows(order.read())]
    others = []
    for _n in range(6):
        enrolment = make_enrolment(order.enrolment.cohort)
        others.append([text for _i, text, _n in rows(Lesson(enrolment, client).read())])

    assert any(other != mine for other in others)


def put(order, *places):
    """Send the things as they are shown, with these numbers."""
    shown = [item for item, _text, _n in rows(order.read())]
    return order.send(item=shown, place=list(places)), shown


def places_of_the_best(order):
    best = order.ids("items")
    return [str(best.index(item) + 1) for item, _text, _n in rows(order.read())]


def test_the_best_order_is_met_and_said_back(order):
    response, _shown = put(order, *places_of_the_best(order))

    assert response.url == f"{order.address('step', 1)}#said-back"
    assert fed_back(order.read()) == ["You began with the problem."]
    assert [text for _item, text, _n in rows(order.read())] == list(THINGS)
    assert list(Attempt.objects.values_list("answers", "met")) == [(order.ids("items"), True)]


def test_another_order_stays_as_it_was_put_with_what_to_look_at(order):
    best = order.ids("items")
    order.send(item=best, place=["2", "1", "3", "4"])

    assert [text for _i, text, _n in rows(order.read())] == [THINGS[n] for n in (1, 0, 2, 3)]
    assert fed_back(order.read()) == [
        "Look at what comes first.",
        "Try another order if you like, or go on.",
    ]
    assert Attempt.objects.get().met is False


@pytest.mark.parametrize(
    ("numbers", "problem"),
    [
        (("1", "1", "2", "3"), "Two of them have the number 1. Give each its own, then save."),
        (("1", "2", "3", "9"), "Give each a number of its own, then save."),
        (("1", "2", "3", "\x00"), "Give each a number of its own, then save."),
        (("1", "2", "3", "²"), "Give each a number of its own, then save."),
    ],
)
def test_numbers_that_do_not_make_an_order_come_back_as_they_were(numbers, problem, order):
    response, shown = put(order, *numbers)

    assert (response.status_code, problems(response)) == (422, [problem])
    html = response.content.decode()
    assert [row[0] for row in rows(html)] == shown
    assert [list(row[2:]) for row in rows(html)] == [
        [n] if n in {"1", "2", "3", "4"} else [] for n in numbers
    ]
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize(
    "sent", [{}, {"item": ["elsewhere"], "place": ["1"]}, {"item": "x", "move": "up x"}]
)
def test_an_order_of_other_things_is_asked_for_again(sent, order):
    response = order.send(**sent)

    assert (response.status_code, problems(response)) == (
        422,
        ["We could not read that. Please save it again."],
    )
    assert len(rows(response.content.decode())) == 4


@pytest.mark.parametrize(
    ("way", "which", "after", "goes_on_from"),
    [
        ("down", 0, [1, 0, 2, 3], "Down"),
        ("up", 2, [0, 2, 1, 3], "Up"),
        ("up", 1, [1, 0, 2, 3], "Down"),  # at the top there is no way up
        ("down", 2, [0, 1, 3, 2], "Up"),
        ("up", 0, [0, 1, 2, 3], "Down"),
        ("sideways", 1, [0, 1, 2, 3], None),
    ],
)
def test_a_button_moves_one_thing_and_saves_nothing(way, which, after, goes_on_from, order):
    best = order.ids("items")

    response = order.send(item=best, place=["1", "2", "3", "4"], move=f"{way} {best[which]}")

    html = response.content.decode()
    assert response.status_code == 200
    assert [(text, number) for _i, text, number in rows(html)] == [
        (THINGS[n], str(place)) for place, n in enumerate(after, 1)
    ]
    focused = re.findall(r'aria-label="(\w+): ([^(]+) \(now \d\)"[^>]* autofocus', html)
    assert focused == ([(goes_on_from, THINGS[which])] if goes_on_from else [])
    assert (Attempt.objects.count(), problems(response)) == (0, [])


def test_numbers_that_were_typed_are_kept_when_a_button_is_pressed(order):
    best = order.ids("items")

    response = order.send(item=best, place=["4", "2", "2", "1"], move=f"up {best[0]}")

    shown = [text for _i, text, _n in rows(response.content.decode())]
    assert shown == [THINGS[n] for n in (3, 1, 0, 2)]


def test_an_order_sent_twice_is_one_attempt(order):
    key = uuid.uuid4()

    for _tap in range(2):
        order.send(key=key, item=order.ids("items"), place=["1", "2", "3", "4"])

    assert Attempt.objects.count() == 1


# --- Sort into groups --------------------------------------------------------------------------


@pytest.fixture
def sort(client):
    return Asked(client, sort_block())


def sorted_into(sort, *groups):
    return sort.send(
        **{f"card-{card}": group for card, group in zip(sort.ids("cards"), groups, strict=False)}
    )


def chosen(html):
    return re.findall(r'name="(?:card|number)-[^"]+" value="(\w*)" checked', html)


def test_nothing_says_where_a_card_goes_before_it_is_sorted(sort):
    html = sort.read()

    assert (chosen(html), fed_back(html)) == ([], [])
    assert re.findall(r"<legend>([^<]+)</legend>", html) == [
        "Which tablet to take",
        "How it was for you",
        "A lift home",
    ]


def test_every_card_has_its_own_words_back(sort):
    response = sorted_into(sort, "first", "first", "third")

    html = sort.read()
    assert response.url == f"{sort.address('step', 1)}#said-back"
    assert chosen(html) == ["first", "first", "third"]
    assert fed_back(html) == [
        "↺ Look at this one again. A doctor knows their whole story.",
        "✓ That fits. You share what you lived through.",
        "✓ That fits. Agree on it as a group.",
        "1 card may fit better elsewhere. What we say to each is beside it.",
        "Try again if you like, or go on.",
    ]
    assert Attempt.objects.get().met is False


def test_cards_that_all_fit_ask_for_nothing_more(sort):
    sorted_into(sort, "second", "first", "first")

    assert fed_back(sort.read())[3:] == [
        "Every card is where it fits. What we say to each is beside it."
    ]
    assert Attempt.objects.get().met is True


def test_a_card_left_over_is_pointed_out_and_the_others_stay(sort):
    response = sorted_into(sort, "second", "nowhere")

    html = response.content.decode()
    assert (response.status_code, problems(response)) == (
        422,
        ["Choose one of these groups.", "Choose where this one goes."],
    )
    assert chosen(html) == ["second"]
    assert Attempt.objects.count() == 0


# --- In one's own words ------------------------------------------------------------------------


@pytest.fixture
def short(client):
    return Asked(client, short_block())


GOOD = "How has it been with your family?"


def test_good_answers_are_shown_only_beside_ones_own(short):
    before = short.read()
    short.send(text="What did they say?")

    after = short.read()

    assert [GOOD in before, GOOD in after] == [False, True]
    assert '<div class="own-words"><p>What did they say?</p></div>' in after
    assert "It cannot be answered with yes or no." in after


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("same", "Kept. You found it yourself."),
        (
            "part",
            "Kept. You have a part of it. You can write it again above, as often as you like.",
        ),
        ("another", "Kept. Another idea may be a good one too. Bring it along when you meet."),
    ],
)
def test_the_writer_says_how_the_two_compare(said, answer, short):
    short.send(text="What did they say?")

    short.send(text="What did they say?", said=said)

    html = short.read()
    assert re.findall(r'value="(\w+)" aria-pressed="true"', html) == [said]
    assert answer in html
    assert ShortAnswer.objects.count() == 1


def test_the_latest_comparison_counts_and_the_first_is_kept(short):
    short.send(text="What did they say?", said="same")

    short.send(text="What did they say?", said="part")

    assert re.findall(r'value="(\w+)" aria-pressed="true"', short.read()) == ["part"]
    assert list(Comparison.objects.values_list("said", flat=True)) == ["same", "part"]


def test_words_written_again_are_another_answer_and_the_earlier_ones_stay(short):
    short.send(text="What did they say?", said="part")

    short.send(text="How was it to tell them?")

    html = short.read()
    assert re.findall(r'<div class="own-words"><p>([^<]+)</p>', html) == [
        "How was it to tell them?",
        "What did they say?",
    ]
    assert re.findall(r'value="(\w+)" aria-pressed="true"', html) == []


def test_words_changed_while_comparing_are_kept_as_well(short):
    short.send(text="What did they say?")

    short.send(text="How was it to tell them?", said="same")

    latest = ShortAnswer.objects.last()
    assert (latest.text, Comparison.objects.get().short_answer) == (
        "How was it to tell them?",
        latest,
    )


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"text": "  "}, "Write a few words first, then save. You can also go on without."),
        (
            {"text": "a" * 5001},
            "This is a little long: 5001 letters, and there is room for 5000.",
        ),
    ],
)
def test_words_that_cannot_be_kept_come_back(sent, problem, short):
    response = short.send(**sent)

    assert (response.status_code, problems(response)) == (422, [problem])
    assert ShortAnswer.objects.count() == 0


def test_a_comparison_that_is_not_offered_is_not_kept(short):
    response = short.send(text="What did they say?", said="best")

    assert response.status_code == 422
    assert ShortAnswer.objects.count() == Comparison.objects.count() == 0


# --- With numbers ------------------------------------------------------------------------------


@pytest.fixture
def scale(client):
    return Asked(client, scale_block())


def test_numbers_are_kept_and_shown_again_with_what_is_said_back(scale):
    listen, _quiet = scale.ids("statements")

    scale.send(**{f"number-{listen}": "7"})

    assert chosen(scale.read()) == ["7", ""]
    assert fed_back(scale.read()) == ["Saved. Keep this for later."]
    assert ScaleAnswer.objects.get().numbers == {listen: 7}


def test_all_statements_may_be_left_out(scale):
    response = scale.send()

    assert response.status_code == 302
    assert ScaleAnswer.objects.get().numbers == {}


def test_a_number_can_be_taken_back_and_the_first_one_stays_in_the_record(scale):
    listen, quiet = scale.ids("statements")
    scale.send(**{f"number-{listen}": "0", f"number-{quiet}": "10"})

    scale.send(**{f"number-{listen}": "", f"number-{quiet}": "10"})

    assert chosen(scale.read()) == ["", "10"]
    assert [row.numbers for row in ScaleAnswer.objects.all()] == [
        {listen: 0, quiet: 10},
        {quiet: 10},
    ]


@pytest.mark.parametrize("number", ["11", "-1", "seven", "\x00"])
def test_another_number_is_asked_for_again(number, scale):
    listen, quiet = scale.ids("statements")

    response = scale.send(**{f"number-{listen}": number, f"number-{quiet}": "10"})

    assert (response.status_code, problems(response)) == (
        422,
        ["Choose one of the numbers from 0 to 10."],
    )
    assert chosen(response.content.decode()) == ["10"]
    assert ScaleAnswer.objects.count() == 0


def test_twelve_statements_are_still_a_small_page(client):
    scale = Asked(client, scale_block([f"Statement {n}, in so many words" for n in range(12)]))

    assert len(scale.read().encode()) <= LARGEST


def notebook_of(asked):
    html = asked.client.get(f"/learning/{asked.enrolment.pk}/notebook/").content.decode()
    main = re.search(r"<main.*?</main>", html, re.S)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_notebook_holds_the_latest_words_and_numbers_for_their_owner(short, client):
    before = notebook_of(short)
    for text in ("What did they say?", "How was it?"):
        short.send(text=text)

    words = notebook_of(short)

    assert "Short answers" not in before
    assert "Did you tell your family?” How was it?" in words
    assert "What did they say?" not in words


def test_numbers_stand_in_the_notebook_with_their_statements(scale):
    listen, _quiet = scale.ids("statements")
    scale.send(**{f"number-{listen}": "0"})

    assert "listen without advising? 0 stay quiet? left out" in notebook_of(scale)


# --- All of them -------------------------------------------------------------------------------

BLOCKS = [order_block, sort_block, short_block, scale_block]


@pytest.mark.parametrize("block", BLOCKS)
def test_an_answer_without_its_key_is_asked_for_again(block, client):
    asked = Asked(client, block())

    response = client.post(asked.address("answer", 1, asked.block["id"]), {"text": "Kept here"})

    assert response.status_code == 422
    assert said(response) == ["We could not read that. Please save it again."]


def answer_in_full(asked):
    """Answer an exercise of any of the kinds."""
    kind = asked.block["type"]
    if kind == "order":
        return asked.send(item=asked.ids("items"), place=["1", "2", "3"])
    if kind == "sort":
        return sorted_into(asked, "second", "first", "third")
    if kind == "short":
        return asked.send(text="What did they say?", said="same")
    return asked.send(**{f"number-{each}": "5" for each in asked.ids("statements")})


@pytest.mark.parametrize("block", BLOCKS)
def test_what_another_trainee_answered_is_never_shown(block, client):
    asked = Asked(client, block())
    other = Lesson(make_enrolment(asked.enrolment.cohort), client)
    before = re.sub(r'value="[^"]{36}"', "", other.read())
    client.force_login(asked.enrolment.trainee)

    assert answer_in_full(asked).status_code == 302

    client.force_login(other.enrolment.trainee)
    after = re.sub(r'value="[^"]{36}"', "", other.read())
    assert "said-back" not in after
    assert len(after) == len(before)


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("block", BLOCKS)
def test_a_warm_step_with_any_of_them_takes_five_queries(
    block, answered, client, django_assert_num_queries
):
    asked = Asked(client, block())
    if answered:
        answer_in_full(asked)
    asked.read()

    with django_assert_num_queries(5):
        asked.read()


@pytest.mark.parametrize("block", BLOCKS)
def test_an_exercise_prints_its_question_and_no_answer(block, client):
    asked = Asked(client, block())

    html = client.get(asked.address("whole")).content.decode()

    value = asked.block["value"]
    assert value["question"] in html
    secrets = [value.get("feedback"), value.get("feedback_other"), value.get("said_back"), GOOD]
    assert [each for each in secrets if each and each in html] == []


def test_an_order_is_printed_mixed(order, client):
    html = client.get(order.address("whole")).content.decode()

    printed = re.findall(r"<li>([^<]+)</li>", html.split('class="numbering"')[1])[:4]
    assert sorted(printed) == sorted(THINGS)
    assert printed != list(THINGS)
