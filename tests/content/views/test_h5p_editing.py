"""Writing an activity at the author's desk."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from PIL import Image as Drawing
from wagtail.users.models import UserProfile

from content.actions import h5p
from content.forms.h5p_world import AS_SHOWN, Media
from content.models import CourseDocument, H5PLibrary, H5PPackage, Picture
from tests.factories.courses import NOW, make_person
from tests.factories.h5p import make_version, zip_of
from tests.factories.h5p_forms import sent_of
from tests.factories.h5p_types import CONTENT, PLAIN, make_cards, type_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(author):
    return make_version(file=make_cards(title="Words we use"), by=author)


def edit(version):
    return reverse("edit_activity", args=[version.package_id])


def sent(client, address):
    """Return what a browser sends of the form at an address, untouched."""
    return sent_of(client.get(address))


def latest(version):
    return H5PPackage.objects.get(pk=version.package_id).latest


def words(answer):
    return " ".join(answer.content.decode().split())


# --- Editing -----------------------------------------------------------------------------------


def test_a_mended_spelling_is_a_new_version_and_the_old_one_stays(client, author, version):
    answer = client.post(edit(version), sent(client, edit(version)) | {"h5p.greeting": "Hello"})

    new = latest(version)
    version.refresh_from_db()
    assert answer.status_code == 302
    assert answer.url == reverse("activity", args=[version.package_id])
    assert (new.number, new.made_by) == (2, author)
    assert new.content == CONTENT | {"greeting": "Hello"}
    assert version.content == CONTENT
    assert list(new.libraries.order_by("pk")) == list(version.libraries.order_by("pk"))


def test_an_untouched_form_keeps_content_and_says_of_it_what_it_said(client, author, version):
    client.post(edit(version), sent(client, edit(version)))

    new = latest(version)
    assert (new.number, new.content) == (2, CONTENT)
    assert new.metadata["title"] == "Words we use"
    assert new.metadata["language"] == version.metadata["language"]


def test_the_title_is_that_of_the_activity_and_of_what_is_in_it(client, author, version):
    client.post(edit(version), sent(client, edit(version)) | {"title": "Our words"})

    new = latest(version)
    assert (new.package.title, new.metadata["title"]) == ("Our words", "Our words")


def test_its_own_files_go_along_except_those_it_no_longer_names(client, author):
    picture = {"path": "images/a.png", "mime": "image/png"}
    content = CONTENT | {"cards": [{"front": "<p>A</p>", "back": "B", "picture": picture}]}
    files = {"images/a.png": b"a", "images/script-uses-it.png": b"b"}
    version = make_version(file=make_cards(content=content, files=files), by=author)

    client.post(edit(version), sent(client, edit(version)))
    same = latest(version)
    client.post(edit(version), sent(client, edit(version)) | {"h5p.cards.0.picture.~take": "on"})

    assert same.files == {"images/a.png": 1, "images/script-uses-it.png": 1}
    with storages["private"].open(f"{same.folder}/images/a.png") as file:
        assert file.read() == b"a"
    assert latest(version).files == {"images/script-uses-it.png": 1}
    assert "picture" not in latest(version).content["cards"][0]


def test_what_is_not_ready_comes_back_with_all_that_was_written(client, author, version):
    wrong = {
        "h5p.greeting": "",
        "h5p.cards.1.front": "<p>New words</p>",
        "h5p.behaviour.shuffle": ["", "on"],
        "h5p.behaviour.seed": "x",
    }

    answer = client.post(edit(version), sent(client, edit(version)) | wrong)

    page = words(answer)
    assert answer.status_code == 422
    assert "2 places need another look before this can be saved." in page
    assert "Write something here." in page
    assert "Write a number here, in digits." in page
    assert "&lt;p&gt;New words&lt;/p&gt;" in page
    assert latest(version) == version


def test_a_list_changes_without_saving_and_keeps_what_was_typed(client, author, version):
    typed = sent(client, edit(version)) | {"h5p.cards.1.back": "Typed just now"}

    up = client.post(edit(version), typed | {"move": "up h5p.cards 1"})
    added = client.post(edit(version), sent_of(up) | {"move": "add h5p.cards"})
    gone = client.post(edit(version), sent_of(added) | {"move": "remove h5p.cards 0"})

    assert sent_of(up)["h5p.cards.~"] == "1 0"
    assert sent_of(up)["h5p.cards.1.back"] == "Typed just now"
    assert sent_of(added)["h5p.cards.~"] == "1 0 n0"
    assert sent_of(gone)["h5p.cards.~"] == "1 n0"
    assert latest(version) == version


def test_after_a_move_the_keyboard_goes_on_where_one_was(client, author, version):
    typed = sent(client, edit(version))

    up = words(client.post(edit(version), typed | {"move": "up h5p.cards 1"}))
    added = words(client.post(edit(version), typed | {"move": "add h5p.cards"}))

    assert 'value="down h5p.cards 1" autofocus' in up
    assert up.count("autofocus") == 1
    assert 'data-rich="a b br div em i li p span strong ul" autofocus' in added


def test_a_part_of_another_type_gets_that_types_fields(client, author, version):
    typed = sent(client, edit(version)) | {"h5p.media.library": f"{PLAIN} 1.0"}

    answer = client.post(edit(version), typed | {"move": "kind h5p.media"})
    (path,) = [name for name in sent_of(answer) if name.endswith(".params.words")]
    client.post(edit(version), sent_of(answer) | {path: "Beside"})

    part = latest(version).content["media"]
    assert (part["library"], part["params"]) == (f"{PLAIN} 1.0", {"words": "Beside"})
    assert len(part["subContentId"]) == 36
    assert PLAIN in [each.machine_name for each in latest(version).libraries.all()]
    names = [each["machineName"] for each in latest(version).metadata["preloadedDependencies"]]
    assert names == ["Alongside.Hello", PLAIN]


def test_types_that_are_not_here_are_named(client, author, version):
    page = words(client.get(edit(version)))

    assert "once an H5P file that has them is uploaded: Nowhere." in page


def test_who_saved_meanwhile_is_told_of_and_nothing_of_either_is_lost(client, author, version):
    mine = sent(client, edit(version)) | {"h5p.greeting": "Mine"}
    theirs = sent(client, edit(version)) | {"h5p.greeting": "Theirs"}
    client.post(edit(version), theirs)

    told = client.post(edit(version), mine)
    again = sent_of(told)
    kept = client.post(edit(version), again)

    versions = version.package.versions.order_by("number")
    assert told.status_code == 409
    assert "While you were writing, Tom Price saved version 2." in words(told)
    assert again["h5p.greeting"] == "Mine"
    assert kept.status_code == 302
    assert [each.content["greeting"] for each in versions] == ["Helo", "Theirs", "Mine"]


# --- Pictures and sounds -----------------------------------------------------------------------


def jpeg(name, *size):
    drawn = BytesIO()
    Drawing.new("RGB", size, "teal").save(drawn, "JPEG")
    return ContentFile(drawn.getvalue(), name=name)


def make_picture(author):
    picture = Picture.objects.create(
        title="A leaf", file=jpeg("leaf.jpg", 40, 30), uploaded_by_user=author
    )
    # As Wagtail draws it, which leaves a file open that Python then warns of.
    picture.renditions.create(
        filter_spec=AS_SHOWN,
        file=jpeg("leaf.max-1600x1600.jpg", 20, 15),
        width=20,
        height=15,
        focal_point_key="",
    )
    return picture


def test_a_picture_of_the_library_is_taken_along_as_people_are_shown_it(client, author, version):
    picture = make_picture(author)
    chosen = {"h5p.cards.0.picture.~new": str(picture.pk)}

    client.post(edit(version), sent(client, edit(version)) | chosen)

    new = latest(version)
    kept = new.content["cards"][0]["picture"]
    assert list(new.files) == [kept["path"]]
    assert (kept["mime"], kept["width"], kept["height"]) == ("image/jpeg", 20, 15)
    with storages["private"].open(f"{new.folder}/{kept['path']}") as file:
        assert Drawing.open(file).size == (20, 15)


def test_what_is_no_picture_cannot_be_chosen(client, author, version):
    chosen = {"h5p.cards.0.picture.~new": "999999"}

    answer = client.post(edit(version), sent(client, edit(version)) | chosen)

    assert answer.status_code == 422
    assert "This file cannot be used here. Choose another one." in words(answer)


def test_a_document_that_is_no_sound_cannot_be_a_sound(author):
    def document(name):
        made = CourseDocument.objects.create(
            title=name, file=ContentFile(b"x", name=name), uploaded_by_user=author
        )
        return str(made.pk)

    media = Media(author)

    assert media("audio", document("letter.pdf")) is None
    assert media("audio", "no number") is None
    assert media("audio", document("bell.mp3"))["mime"] == "audio/mpeg"
    assert len(media.opened) == 1


# --- Making ------------------------------------------------------------------------------------


def test_the_types_to_make_are_those_that_are_here_also_from_a_file_of_types(client, author):
    h5p.add_package(file=zip_of(type_files()), by=author, at=NOW)

    types = client.get(reverse("make_activity")).context["types"]

    assert [each.title for each in types] == ["Hello", "Words"]


def test_without_types_it_says_where_they_come_from(client, author):
    assert "There is nothing to make one with yet." in words(client.get(reverse("make_activity")))


def begin(language="en-gb"):
    library = H5PLibrary.objects.get(machine_name="Alongside.Hello")
    return f"{reverse('begin_activity', args=[library.pk])}?language={language}"


def test_an_activity_is_made_from_what_its_type_begins_with(client, author, version):
    posted = sent(client, begin())
    written = {
        "title": "New cards",
        "h5p.cards.n9.front": "",
        "h5p.cards.0.front": "<p>One</p>",
        "h5p.cards.0.back": "Two & a half",
    }

    answer = client.post(begin(), posted | written)

    made = H5PPackage.objects.get(title="New cards")
    assert answer.url == reverse("activity", args=[made.pk])
    assert made.latest.content == {
        "greeting": "Hello",
        "cards": [{"front": "<p>One</p>", "back": "Two &amp; a half"}],
        "behaviour": {"shuffle": False},
        "next": "Next",
    }
    assert made.latest.metadata["mainLibrary"] == "Alongside.Hello"
    assert made.latest.metadata["title"] == "New cards"


def test_the_player_speaks_the_language_of_the_activity(client, author, version):
    posted = sent(client, begin("es"))

    assert (posted["language"], posted["h5p.next"]) == ("es", "Sigue")


def test_the_form_speaks_the_language_of_its_author(client, author, version):
    UserProfile.objects.create(user=author, preferred_language="es")

    labels = [node.field.label for node in client.get(begin()).context["form"].tree.children]

    assert labels[:2] == ["Saludo", "Tarjetas"]


def test_an_activity_needs_a_title_and_what_its_type_asks_for(client, author, version):
    answer = client.post(begin(), sent(client, begin()))

    assert answer.status_code == 422
    assert "3 places need another look" in words(answer)
    assert "Give it a title." in words(answer)
    assert H5PPackage.objects.count() == 1


# --- Looking at it while one writes ------------------------------------------------------------


def test_a_look_shows_what_is_written_and_keeps_nothing_for_anyone(client, author, version):
    written = sent(client, edit(version)) | {"h5p.greeting": "Hello there", "look": "1"}

    answer = client.post(edit(version), written)

    (trial,) = H5PPackage.trials_too.filter(is_trial=True)
    assert trial.latest.content["greeting"] == "Hello there"
    assert answer.context["h5p"]["version"] == trial.latest.pk
    assert client.get(answer.context["h5p"]["frame"]).status_code == 200
    assert latest(version) == version
    assert list(H5PPackage.objects.all()) == [version.package]


def test_each_look_takes_the_place_of_the_one_before(client, author, version):
    for _ in range(2):
        client.post(edit(version), sent(client, edit(version)) | {"look": "1"})

    (trial,) = H5PPackage.trials_too.filter(is_trial=True)
    assert trial.latest.number == 1


def test_a_look_at_what_is_not_ready_says_so_and_plays_all_the_same(client, author, version):
    written = sent(client, edit(version)) | {"h5p.greeting": "", "look": "1"}

    answer = client.post(edit(version), written)

    assert "1 place is not ready yet." in words(answer)


# --- Who may -----------------------------------------------------------------------------------


def test_who_may_not_add_activities_may_not_write_them(client, version, signed_in):
    reader = make_person("Ola")
    reader.user_permissions.add(Permission.objects.get(codename="access_admin"))
    signed_in(reader)

    places = (edit(version), begin(), reverse("make_activity"))
    answers = [client.get(address) for address in places]

    assert [answer.url for answer in answers] == [reverse("wagtailadmin_home")] * 3


def test_labels_of_a_stranger_are_words_and_never_part_of_the_page(client, author, version):
    page = words(client.get(edit(version)))

    assert "What is behind it" in page


def test_a_type_that_is_only_a_helper_cannot_be_made(client, author, version):
    H5PLibrary.objects.filter(machine_name=PLAIN).update(semantics=None)
    helper = H5PLibrary.objects.get(machine_name=PLAIN)

    assert client.get(reverse("begin_activity", args=[helper.pk])).status_code == 404
    assert PLAIN not in words(client.get(reverse("make_activity")))
