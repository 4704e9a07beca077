"""What a trainee writes for themselves: reflections and plans, and the notebook of it all."""

import html
import re
import uuid

import pytest
from django.urls import reverse

from content import exercises
from courses.actions import agreements, editions, journal
from courses.models import ActionPlan, Reflection
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_plan,
    make_session,
    plan_block,
    reflection_block,
    review,
    share,
    step_block,
)

pytestmark = pytest.mark.django_db

REFLECTION, PLAN = 1, 2  # the steps they are on
WALK = {
    "what": "Walk in the garden",
    "how_much": "ten minutes",
    "when": "after tea",
    "how_often": "three times",
    "confidence": "8",
}


class Journal:
    """A trainee in a lesson with a reflection on its first step, and a plan on its second."""

    def __init__(self, client):
        course = make_course(sessions_required=1)
        body = [step_block(), reflection_block(), step_block(), plan_block()]
        make_lesson(make_session(course, 1), body=body)
        edition = editions.make_edition(course=course, by=None, at=NOW)
        self.enrolment = make_enrolment(make_cohort(edition))
        self.lesson = edition.outline.lessons[0]
        self.exercises = {REFLECTION: body[1]["id"], PLAN: body[3]["id"]}
        self.client = client
        client.force_login(self.enrolment.trainee)

    def address(self, name, *more):
        return reverse(name, args=[self.enrolment.pk, *more])

    def in_lesson(self, name, *more):
        return self.address(name, "session-1", self.lesson.slug, *more)

    def write(self, step, key=None, **sent):
        where = self.in_lesson("answer", step, self.exercises[step])
        return self.client.post(where, {"key": key or uuid.uuid4(), **sent})

    def reflect(self, text="I felt heard.", **kwargs):
        return self.write(REFLECTION, text=text, **kwargs)

    def plan(self, **changes):
        return self.write(PLAN, **{**WALK, **changes})

    def review(self, plan=None, **sent):
        plan = plan or ActionPlan.objects.last()
        where = self.address("review_plan", plan.pk)
        return self.client.post(where, {"key": uuid.uuid4(), **sent})

    def step(self, number):
        return words(self.client.get(self.in_lesson("step", number)))

    def notebook(self):
        return words(self.client.get(self.address("notebook")))


def words(response):
    return html.unescape(response.content.decode())


def problems(response):
    """What is said beside the fields that need another look."""
    return re.findall(r'class="problem"[^>]*>([^<]+)<', words(response))


def fields(page):
    """What the fields of the page's first form hold: {name: text}."""
    form = re.search(r"<main.*?</form>", page, re.S)[0]
    held = {}
    for tag in re.findall(r"<input[^>]+>", form):
        of = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if of.get("type") != "radio" or " checked" in tag:
            held[of.get("name")] = of.get("value", "")
    for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>\n(.*?)</textarea>', form, re.S):
        held[name] = text
    return held


@pytest.fixture
def mine(client):
    return Journal(client)


# --- Reflections -------------------------------------------------------------------------------


def test_a_reflection_is_kept_and_shown_again_where_it_was_written(mine):
    response = mine.reflect("I felt <heard>.\nIt was my sister.")

    assert response.url == f"{mine.in_lesson('step', REFLECTION)}#said-back"
    kept = Reflection.objects.get()
    assert (kept.text, kept.prompt) == (
        "I felt <heard>.\nIt was my sister.",
        "When did you last feel heard?",
    )
    page = mine.step(REFLECTION)
    assert fields(page)["text"] == "I felt <heard>.\nIt was my sister."
    assert "Saved. Only you can read this." in page


def test_what_people_write_is_never_taken_for_html(mine):
    mine.reflect("<script>alert(1)</script>")
    mine.plan(what="<b>Walk</b>")

    pages = [
        mine.client.get(mine.in_lesson("step", REFLECTION)).content.decode(),
        mine.client.get(mine.in_lesson("step", PLAN)).content.decode(),
        mine.client.get(mine.address("notebook")).content.decode(),
        mine.client.get(mine.address("course")).content.decode(),
        mine.client.get(mine.address("review_plan", ActionPlan.objects.get().pk)).content.decode(),
    ]

    assert [re.findall("<script>alert|<b>Walk", page) for page in pages] == [[]] * 5


def test_before_anything_is_written_a_reflection_says_who_can_read_it(mine):
    page = mine.step(REFLECTION)

    assert re.findall(r"[^>]*Only you can read this\.", page) == ["Only you can read this."]
    assert fields(page)["text"] == ""


def test_writing_again_keeps_the_earlier_words_too(mine):
    mine.reflect("First")
    mine.reflect("Second")

    assert list(Reflection.objects.values_list("text", flat=True)) == ["First", "Second"]
    assert fields(mine.step(REFLECTION))["text"] == "Second"
    assert re.findall(r"<p>(First|Second)</p>|(1 earlier version)", mine.notebook()) == [
        ("Second", ""),
        ("", "1 earlier version"),
        ("First", ""),
    ]


def test_a_reflection_sent_twice_is_one(mine):
    key = uuid.uuid4()

    for _tap in range(2):
        mine.reflect(key=key)

    assert Reflection.objects.count() == 1


def test_an_empty_reflection_is_asked_for_and_not_kept(mine):
    response = mine.reflect("  ")

    assert response.status_code == 422
    assert problems(response) == [
        "Write a few words first, then save. You can also go on without."
    ]
    assert Reflection.objects.count() == 0


def test_a_reflection_that_is_too_long_says_so_and_is_still_there(mine):
    mine.reflect("Earlier words")
    long = "Listen. " * 2_501

    response = mine.reflect(long)

    page = words(response)
    assert response.status_code == 422
    assert problems(response) == [
        "This is longer than we can keep in one piece (20007 of 20000 letters). "
        "Please make it shorter. It is still here."
    ]
    assert fields(page)["text"] == long
    assert "Saved." not in page
    assert Reflection.objects.count() == 1


@pytest.mark.parametrize("step", [REFLECTION, PLAN])
@pytest.mark.parametrize("key", ["", "no key"])
def test_a_page_whose_key_got_lost_can_be_sent_again_as_it_comes_back(key, step, mine):
    sent = {**WALK, "text": "I felt heard."}
    where = mine.in_lesson("answer", step, mine.exercises[step])

    response = mine.client.post(where, {**sent, "key": key})
    again = mine.client.post(where, {**sent, "key": fields(words(response))["key"]})

    assert "We could not read that. Please save it again." in words(response)
    assert (response.status_code, again.status_code) == (422, 302)
    assert Reflection.objects.count() + ActionPlan.objects.count() == 1


# --- Plans -------------------------------------------------------------------------------------


def test_a_plan_is_kept_and_shown_again_where_it_was_made(mine):
    response = mine.plan()

    assert response.url == f"{mine.in_lesson('step', PLAN)}#said-back"
    held = fields(mine.step(PLAN))
    assert {part: held[part] for part in WALK} == WALK


def test_a_plan_with_parts_missing_comes_back_with_all_that_was_written(mine):
    response = mine.plan(how_much="", when=" ", confidence="")

    assert response.status_code == 422
    assert problems(response) == [
        "Say how much, like “ten minutes”.",
        "Say when, like “after tea”.",
        "Choose a number from 0 to 10. Any of them is fine.",
    ]
    held = fields(words(response))
    assert (held["what"], held["how_often"]) == (WALK["what"], WALK["how_often"])
    assert ActionPlan.objects.count() == 0


def test_a_plan_that_comes_back_is_not_called_saved(mine):
    mine.plan()

    response = mine.plan(what="")

    assert problems(response) == ["Say what you will do."]
    assert "Saved." not in words(response)


@pytest.mark.parametrize("confidence", ["11", "-1", "seven", "7.5"])
def test_a_confidence_is_one_of_the_numbers_from_0_to_10(confidence, mine):
    response = mine.plan(confidence=confidence)

    assert problems(response) == ["Choose one of the numbers from 0 to 10."]
    assert ActionPlan.objects.count() == 0


@pytest.mark.parametrize(
    ("part", "longest", "problem"),
    [
        ("what", 300, "This is a little long: 301 letters, and there is room for 300."),
        ("how_much", 200, "This is a little long: 201 letters, and there is room for 200."),
        ("when", 200, "This is a little long: 201 letters, and there is room for 200."),
        ("how_often", 200, "This is a little long: 201 letters, and there is room for 200."),
    ],
)
def test_a_part_of_a_plan_that_is_too_long_says_so_and_is_still_there(
    part, longest, problem, mine
):
    text = "x" * (longest + 1)

    response = mine.plan(**{part: text})

    assert response.status_code == 422
    assert problems(response) == [problem]
    assert fields(words(response))[part] == text


@pytest.mark.parametrize(
    ("confidence", "said"),
    [
        (0, "You are 0 of 10 sure. What might get in the way?"),
        (6, "You are 6 of 10 sure. What might get in the way?"),
        (7, "This looks like a plan that can happen."),
        (10, "This looks like a plan that can happen."),
    ],
)
def test_less_sure_than_seven_is_invited_to_make_it_easier_and_kept_all_the_same(
    confidence, said, mine
):
    mine.plan(confidence=confidence)

    box = re.search(r'id="said-back".*?</div>', mine.step(PLAN), re.S)[0]
    assert said in box
    assert re.findall(r'<li><a href="#(\w+)">([^<]+)</a> ([^<]+)</li>', box) == (
        [
            ("id_how_much", "Smaller:", "what would be half of “ten minutes”?"),
            ("id_how_often", "Less often:", "one time less than “three times”?"),
            ("id_when", "Another time:", "is there a better moment than “after tea”?"),
        ]
        if confidence < 7
        else []
    )
    assert ActionPlan.objects.get().confidence == confidence


def test_the_course_asks_about_the_latest_plan_until_it_is_reviewed(mine):
    mine.plan(what="Ring my sister")
    mine.plan(what="Write to my sister")
    asked = [words(mine.client.get(mine.address("course")))]

    mine.review(outcome="done", note="")

    asked.append(words(mine.client.get(mine.address("course"))))
    assert [re.findall(r"(\w+) (?:to )?my sister,", page) for page in asked] == [["Write"], []]


# --- The notebook ------------------------------------------------------------------------------


def test_an_empty_notebook_says_what_will_be_in_it(mine):
    page = mine.notebook()

    assert re.findall(r'class="empty">([^<]+)<', page) == [
        "Your plans will be here. You make the first one at the end of Session 1.",
        "What you write in reflections will be here.",
    ]


def test_the_notebook_holds_the_plan_and_the_thoughts(mine):
    mine.plan()
    mine.reflect("I felt heard.")

    page = mine.notebook()

    assert re.findall(r"<h3>([^<]+)</h3>", page) == [
        "Walk in the garden",
        "When did you last feel heard?",
    ]
    assert re.findall(r"<dd>([^<]+)</dd>", page) == [
        "ten minutes",
        "after tea",
        "three times",
        "8 of 10",
    ]
    assert "<p>I felt heard.</p>" in page


def test_the_notebook_keeps_how_earlier_versions_went(mine):
    mine.plan(what="Walk to the shop")
    mine.review(outcome="partly", note="Half of it.")
    mine.plan(what="Walk to the corner")

    page = mine.notebook()

    card = re.search(r'<section id="plans">.*?</article>', page, re.S)[0]
    assert re.findall(r"Walk to the \w+|Half of it", card) == [
        "Walk to the corner",
        "Walk to the shop",
        "Half of it",
    ]


def test_the_notebook_shows_what_was_ticked_and_what_was_signed(mine):
    lesson, about = mine.lesson, {"enrolment": mine.enrolment, "lesson": mine.lesson, "at": NOW}
    items = (exercises.Item("a", "The chairs"), exercises.Item("b", "The kettle"))
    checklist = exercises.Checklist(id=str(uuid.uuid4()), prompt="What is ready?", items=items)
    journal.tick(checklist=checklist, ticked=["b"], key=uuid.uuid4(), **about)
    sign(mine.enrolment, lesson, "My role")

    page = mine.notebook()

    assert re.findall(r"(○|✓)</span> ([^<]+?)(?: <|<)", page) == [
        ("○", "The chairs"),
        ("✓", "The kettle"),
    ]
    section = re.search(r'<section id="signed">.*?</section>', page, re.S)[0]
    assert re.findall(r">([^<>]+)</a>", section) == ["My role"]


def sign(enrolment, lesson, title):
    agreement = exercises.Agreement(
        id=str(uuid.uuid4()),
        which="role",
        title=title,
        words="<p>You hold the room.</p>",
        lines=("I will listen",),
        statement="I agree.",
    )
    return agreements.sign(
        enrolment=enrolment,
        lesson=lesson,
        agreement=agreement,
        name="Amina Yusuf",
        key=uuid.uuid4(),
        at=NOW,
    )


@pytest.mark.parametrize("many", [1, 3])
def test_the_notebook_takes_twelve_queries(many, mine, django_assert_num_queries):
    for n in range(many):
        for _version in range(many):
            plan = make_plan(mine.enrolment, exercise=str(uuid.UUID(int=n)), what=f"Plan {n}")
            review(plan)
            share(plan)
            mine.reflect(f"Thought {n}")
        checklist = exercises.Checklist(
            id=str(uuid.uuid4()), prompt="Ready?", items=(exercises.Item("a", "Chairs"),)
        )
        journal.tick(
            enrolment=mine.enrolment,
            lesson=mine.lesson,
            checklist=checklist,
            ticked=["a"],
            key=uuid.uuid4(),
            at=NOW,
        )
        sign(mine.enrolment, mine.lesson, f"Agreement {n}")
    mine.notebook()

    with django_assert_num_queries(12):
        mine.notebook()
