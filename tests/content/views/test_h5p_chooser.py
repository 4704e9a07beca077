"""An activity is chosen for a lesson in a window, or uploaded there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.models import H5PLibrary, H5PPackage
from tests.courses.views.test_h5p_uploads import take_back
from tests.factories.h5p import library_files, make_h5p, make_version, zip_of

pytestmark = pytest.mark.django_db


def upload(client, data, title=""):
    sent = SimpleUploadedFile("cards.h5p", data)
    fields = {"activity-title": title, "activity-file": sent}
    return client.post(reverse("h5p_chooser:create"), fields)


def test_activities_stand_there_with_their_type(client, author):
    package = make_version(title="Cards about listening").package

    page = client.get(reverse("h5p_chooser:choose")).json()["html"]

    assert "Cards about listening" in page
    assert "Hello" in page
    assert reverse("h5p_chooser:chosen", args=[package.pk]) in page


@pytest.mark.parametrize(("sought", "found"), [("", 2), ("secrets", 1), ("hello", 2), ("film", 0)])
def test_they_are_found_by_title_and_type(client, author, sought, found):
    make_version(title="Cards about secrets")
    make_version(title="Questions")

    answer = client.get(reverse("h5p_chooser:choose_results"), {"q": sought})

    assert len(answer.context["results"]) == found


def test_the_chosen_one_leads_to_its_own_page(client, author):
    package = make_version(title="Cards").package

    answer = client.get(reverse("h5p_chooser:chosen", args=[package.pk])).json()

    assert answer["result"] == {
        "id": str(package.pk),
        "title": "Cards",
        "edit_url": reverse("activity", args=[package.pk]),
    }


def test_what_is_uploaded_there_is_chosen(client, author):
    answer = upload(client, make_h5p().getvalue(), title="Cards").json()

    package = H5PPackage.objects.get()
    assert (answer["step"], answer["result"]["id"]) == ("chosen", str(package.pk))
    assert (package.title, package.made_by) == ("Cards", author)


def test_what_is_wrong_is_said_there_and_the_title_stays(client, author):
    answer = upload(client, b"Hello", title="Cards").json()

    assert answer["step"] == "reshow_creation_form"
    assert 'value="Cards"' in answer["htmlFragment"]
    assert 'class="w-field__errors"' in answer["htmlFragment"]
    assert not H5PPackage.objects.exists()


def test_types_only_are_kept_and_nothing_is_chosen(client, author):
    answer = upload(client, zip_of(library_files()).getvalue()).json()

    assert answer["step"] == "reshow_creation_form"
    assert "These types can be used now: Hello." in answer["htmlFragment"]
    assert H5PLibrary.objects.get().title == "Hello"


def test_who_may_not_add_chooses_and_does_not_upload(client, author):
    package = make_version().package
    take_back()

    page = client.get(reverse("h5p_chooser:choose")).json()["html"]
    answer = upload(client, make_h5p().getvalue())

    assert reverse("h5p_chooser:chosen", args=[package.pk]) in page
    assert reverse("h5p_chooser:create") not in page
    assert answer.status_code in {302, 403}
    assert H5PPackage.objects.count() == 1
