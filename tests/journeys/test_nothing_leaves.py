"""No page asks anything of anybody else's machine, the CMS with it.

`open_browser` listens to every request that a page begins, also to those that are blocked, and
fails at the first that goes elsewhere. Trainees' and organisers' pages are opened so in
`test_accessibility.py`; here are the author's desk and the administrator's.

ASVS 5.0: V3.6.1 (what pages are made of comes from here), V14.2.3 (nothing for trackers).
"""

import pytest

from courses.models import LessonPage
from tests.factories.courses import make_lesson, make_person
from tests.factories.files import make_document, make_picture
from tests.factories.h5p import make_version
from tests.journeys.conftest import DESK

PAGES = (
    "/cms/",
    "/cms/pages/{session}/",
    "/cms/pages/{lesson}/edit/",
    "/cms/pages/{lesson}/history/",
    "/cms/pages/{lesson}/edit/preview/",
    "/cms/pages/add/courses/lessonpage/{session}/",
    "/cms/courses/{lesson}/before/",
    "/cms/courses/{lesson}/try/",
    "/cms/courses/how-to-write/",
    "/cms/courses/import/",
    "/cms/images/",
    "/cms/images/{picture}/",
    "/cms/images/add/",
    "/cms/documents/",
    "/cms/documents/{document}/",
    "/cms/documents/multiple/add/",
    "/cms/activities/",
    "/cms/activities/{activity}/",
    "/cms/activities/upload/",
    "/cms/users/",
    "/cms/users/{person}/",
    "/cms/groups/",
    "/cms/sites/",
    "/cms/collections/",
    "/cms/workflows/list/",
    "/cms/reports/locked/",
    "/cms/reports/site-history/",
    "/cms/reports/aging-pages/",
    "/cms/snippets/",
    "/cms/snippets/certificates/certificatestyle/",
    "/cms/snippets/certificates/certificatestyle/add/",
    "/cms/account/",
    "/cms/locales/",
    "/cms/redirects/",
    "/cms/search/?q=listening",
)


@pytest.fixture
def places(session):
    lesson = make_lesson(session)
    return {
        "session": session.pk,
        "lesson": lesson.pk,
        "picture": make_picture().pk,
        "document": make_document().pk,
        "activity": make_version().package_id,
    }


# Wagtail leaves it to Python to close what it drew a small picture from.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_page_of_the_cms_asks_anybody_else(open_browser, places, allowed):
    allowed.add(404)  # a part of Wagtail that this site does without
    allowed.add("w-locale#localizeTimeZoneOptions")  # this Chromium knows few time zones
    administrator = make_person("Ada Administrator", is_superuser=True)
    page = open_browser(administrator, width=DESK)

    opened = [
        where
        for where in PAGES
        if page.goto(where.format(person=administrator.pk, **places)).status == 200
    ]

    assert len(opened) >= 30, set(PAGES) - set(opened)
    assert LessonPage.objects.count() == 1


def test_a_page_that_asks_elsewhere_would_be_noticed(open_browser, allowed):
    """The ear itself: what our policy blocks is heard all the same."""
    allowed.update(
        {
            "left the site: https://elsewhere.example/",
            "csp: https://elsewhere.example/",
            "Content Security Policy",
        }
    )
    page, asked = open_browser(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/join/")

    page.evaluate("fetch('https://elsewhere.example/').catch(() => {})")
    page.evaluate(
        "() => new Promise(done => { const p = new Image(); p.onerror = done;"
        " p.src = 'https://elsewhere.example/x.png'; document.body.append(p) })"
    )

    assert page.locator("img[src*='elsewhere']").count() == 1
