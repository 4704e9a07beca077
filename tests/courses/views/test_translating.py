"""Translating in the CMS: what a translator can do alone, and what a second reader does."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from courses.actions import catalogue, review, translating
from courses.actions.editions import make_edition
from courses.actions.languages import behind, open_language, translations_of
from courses.models import LessonPage, RoleKind
from courses.models.review import may_read_second
from tests.factories.courses import (
    NOW,
    make_course,
    make_lesson,
    make_organisation,
    make_person,
    make_role,
    make_session,
    read_block,
    step_block,
)
from tests.factories.languages import in_spanish

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db):
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    return make_organisation()


@pytest.fixture
def course(place):
    return make_course(sessions_required=1)


@pytest.fixture
def lesson(course, tom):
    body = [step_block("Pause"), read_block("<p>Count to five.</p>")]
    lesson = make_lesson(make_session(course, 1), "Leave room", body, owner=tom)
    lesson.save_revision(user=tom).publish()
    open_language("es")
    return LessonPage.objects.get(pk=lesson.pk)


def educator(place, name):
    person = make_person(name)
    make_role(person, place, RoleKind.PEER_EDUCATOR)
    return person


@pytest.fixture
def tom(place):
    return educator(place, "Tom Price")


@pytest.fixture
def ines(place):
    return educator(place, "Inés Traductora")


@pytest.fixture
def boss(place):
    return get_user_model().objects.create_superuser(email="boss@example.org", name="Boss")


def spanish():
    return Locale.objects.get(language_code="es")


def here(lesson):
    return LessonPage.objects.get(translation_key=lesson.translation_key, locale=spanish())


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def say(page, by, **said):
    """Translate texts as the editor keeps them, one by one; all of them when none is named."""
    source = TranslationSource.objects.get(object_id=page.translation_key)
    for segment in source.stringsegment_set.select_related("string"):
        if not said or segment.string.data in said:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=spanish(),
                defaults={
                    "data": said.get(segment.string.data, f"[{segment.string.data}]"),
                    "last_translated_by": by,
                },
            )


def begun(lesson, by):
    return translating.begin(page=lesson, locale=spanish(), by=by)


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


# --- Beginning ---------------------------------------------------------------------------------


def test_beginning_a_translation_changes_nothing_that_people_read(signed_in, lesson, ines):
    in_spanish(lesson, **{"Leave room": "Deja sitio"})
    Translation.objects.all().delete()
    place = here(lesson)
    place.alias_of, place.title = lesson.page_ptr, "Leave room"
    place.save()  # an alias again, with words of it translated earlier

    answer = signed_in(ines).post(
        reverse("wagtail_localize:submit_page_translation", args=[lesson.pk]),
        {"locales": [spanish().pk]},
    )

    assert answer.url == edit(place)
    assert (here(lesson).title, here(lesson).live) == ("Leave room", True)
    assert here(lesson).alias_of is None
    assert Translation.objects.get(source__object_id=lesson.translation_key).enabled


def test_lessons_below_a_session_are_opened_to_translators_with_it(signed_in, lesson, ines):
    session = lesson.get_parent().specific
    address = reverse("wagtail_localize:submit_page_translation", args=[session.pk])

    signed_in(ines).post(address, {"locales": [spanish().pk], "include_subtree": "on"})

    assert {each.source.object_id for each in Translation.objects.select_related("source")} == {
        session.translation_key,
        lesson.translation_key,
    }


def test_whoever_may_not_write_begins_no_translation(signed_in, lesson, place):
    address = reverse("wagtail_localize:submit_page_translation", args=[lesson.pk])

    answer = signed_in(make_person("Amina")).post(address, {"locales": [spanish().pk]})

    assert answer.status_code == 403
    assert Translation.objects.count() == 0


# --- Publishing --------------------------------------------------------------------------------


def test_a_translator_who_sends_publish_to_the_editor_is_refused(signed_in, lesson, ines):
    page = begun(lesson, ines)
    say(page, ines)

    answer = signed_in(ines).post(edit(page), {"action": "publish"}, follow=True)

    assert here(lesson).title == "Leave room"
    assert not here(lesson).has_unpublished_changes
    assert said(answer) == ["Sorry, you do not have permission to access this area."]


def test_a_translator_is_not_shown_a_button_to_publish(signed_in, lesson, ines):
    page = begun(lesson, ines)

    answer = signed_in(ines).get(edit(page))

    assert answer.templates[0].name == "wagtail_localize/admin/edit_translation.html"
    assert '"canPublish": false' in answer.context["props"]
    assert reverse("keep_translation", args=[page.pk]) in answer.content.decode()


def test_bringing_changes_to_translators_publishes_nothing_whatever_is_sent(
    signed_in, lesson, ines
):
    page = begun(lesson, ines)
    say(page, ines)
    source = TranslationSource.objects.get(object_id=lesson.translation_key)
    address = reverse("wagtail_localize:update_translations", args=[source.pk])

    signed_in(ines).post(address, {"publish_translations": "on"})

    assert here(lesson).title == "Leave room"
    assert not here(lesson).has_unpublished_changes


def test_an_administrator_does_not_publish_a_translation_past_what_stops_it(
    signed_in, lesson, boss
):
    page = begun(lesson, boss)
    say(page, boss, Pause="x" * 200)  # longer than a step's title can be

    answer = signed_in(boss).post(edit(page), {"action": "publish"}, follow=True)

    assert said(answer) == ["Your draft is saved. There is something to mend first."]
    assert here(lesson).live_revision.as_object().steps[0].title == "Pause"


def test_an_administrator_publishes_a_translation_in_which_nothing_is_to_mend(
    signed_in, lesson, boss
):
    page = begun(lesson, boss)
    say(page, boss)

    signed_in(boss).post(edit(page), {"action": "publish"})

    assert here(lesson).title == "[Leave room]"


# --- A second reader ---------------------------------------------------------------------------


def test_a_translator_asks_a_second_reader_as_for_a_lesson(signed_in, lesson, ines, tom):
    page = begun(lesson, ines)
    say(page, ines)
    client = signed_in(ines)

    kept = client.post(reverse("keep_translation", args=[page.pk]))
    client.post(kept.url)

    assert kept.url == reverse("before_publishing", args=[page.pk])
    assert review.waiting(here(lesson)).requested_by == ines
    assert here(lesson).title == "Leave room"
    assert here(lesson).get_latest_revision_as_object().title == "[Leave room]"
    review.publish(page=here(lesson), by=tom, at=NOW)
    assert here(lesson).title == "[Leave room]"
    assert [step.title for step in here(lesson).steps] == ["[Pause]"]


def test_whoever_translated_a_text_of_it_is_not_its_second_reader(lesson, ines, tom):
    page = begun(lesson, ines)
    say(page, ines)
    say(page, tom, Pause="Pausa")
    translation = translating.translation_of(page)

    translating.keep_draft(translation=translation, by=ines)

    assert not may_read_second(here(lesson), tom)
    assert not may_read_second(here(lesson), ines)


def test_the_writer_of_a_page_may_read_its_translation_second(lesson, ines, tom):
    page = begun(lesson, ines)
    say(page, ines)

    translating.keep_draft(translation=translating.translation_of(page), by=ines)

    assert may_read_second(here(lesson), tom)


def test_what_is_translated_while_somebody_reads_is_not_what_they_publish(lesson, ines, tom):
    page = begun(lesson, ines)
    say(page, ines)
    translation = translating.translation_of(page)
    page = translating.keep_draft(translation=translation, by=ines)
    review.ask(page=page, by=ines, at=NOW)

    say(page, ines, **{"Leave room": "Something nobody read"})
    translating.keep_draft(translation=translation, by=ines)
    review.publish(page=here(lesson), by=tom, at=NOW)

    assert here(lesson).title == "[Leave room]"


def test_kept_twice_is_one_draft(lesson, ines):
    page = begun(lesson, ines)
    say(page, ines)
    translation = translating.translation_of(page)

    translating.keep_draft(translation=translation, by=ines)
    translating.keep_draft(translation=translation, by=ines)

    assert here(lesson).revisions.filter(user=ines).count() == 1


def test_where_nothing_is_translated_yet_there_is_nothing_to_read(lesson, ines):
    lesson.body = [
        step_block("Pause"),
        read_block('<p data-block-key="abc12">Count<br/>five.</p>'),
    ]
    lesson.save_revision().publish()
    page = begun(lesson, ines)

    translating.keep_draft(translation=translating.translation_of(page), by=ines)

    assert not here(lesson).has_unpublished_changes


def test_only_those_who_write_keep_a_translation(signed_in, lesson, ines):
    page = begun(lesson, ines)

    answer = signed_in(make_person("Amina")).post(reverse("keep_translation", args=[page.pk]))

    assert answer.status_code == 403
    assert not here(lesson).has_unpublished_changes


def test_a_page_that_is_written_by_hand_has_no_translation_to_keep(signed_in, lesson, ines):
    answer = signed_in(ines).post(reverse("keep_translation", args=[lesson.pk]))

    assert answer.status_code == 404


# --- Editions ----------------------------------------------------------------------------------


def test_an_edition_does_not_hold_what_no_second_reader_has_published(course, lesson, ines, tom):
    page = begun(lesson, ines)
    say(page, ines)
    translating.keep_draft(translation=translating.translation_of(page), by=ines)

    edition = make_edition(course=course, by=None, at=NOW)

    assert behind(course) == [page]
    assert not edition.pages.filter(page=page.page_ptr).exists()
    review.ask(page=here(lesson), by=ines, at=NOW)
    review.publish(page=here(lesson), by=tom, at=NOW)
    assert translations_of(lesson) == [page]


def test_words_that_are_the_same_in_both_languages_count_as_translated(lesson, ines, tom):
    page = begun(lesson, ines)
    say(page, ines)
    say(page, ines, Pause="Pause")
    translating.keep_draft(translation=translating.translation_of(page), by=ines)
    review.ask(page=here(lesson), by=ines, at=NOW)

    review.publish(page=here(lesson), by=tom, at=NOW)

    assert translations_of(lesson) == [page]
