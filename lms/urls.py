"""The whole site's addresses: our apps, the CMS, and Wagtail's pages last."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from courses.views import calendars, feedback, files
from lms.views import cards, joining, people, signing_in

urlpatterns = [
    path("healthz", signing_in.healthz, name="healthz"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}lms/favicon.svg")),
    path("account/", include("lms.urls_accounts")),
    path("account/kept/", signing_in.kept, name="kept"),
    path("account/sign-up/", RedirectView.as_view(pattern_name="join"), name="account_signup"),
    path("join/", joining.join, name="join"),
    path("join/i/<str:token>/", joining.join_invited, name="join_invited"),
    path("waiting/<int:pk>/leave/", joining.stop_waiting, name="stop_waiting"),
    path("join/<str:code>/", joining.join_cohort, name="join_cohort"),
    path("learning/", people.learning, name="learning"),
    path("me/", people.me, name="me"),
    path("display/", people.change_display, name="display"),
    path("language/<str:code>/", people.change_language, name="language"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/sessions.ics", calendars.calendar_file, name="calendar_file"),
    path("calendar/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("how-it-was/<int:run>/", feedback.feedback_door, name="feedback_door"),
    path("", include("courses.urls")),
    path("card/", cards.come_in, name="card"),
    path("card/<str:code>/", cards.come_in, name="card_code"),
    path("organise/<int:pk>/cards/", cards.cards, name="cards"),
    path("", include("courses.urls_reminders")),
    path("organise/", include("courses.urls_organise")),
    path("observe/", include("courses.urls_observe")),
    path("mentoring/", include("courses.urls_mentors")),
    path("", include("certificates.urls")),
    path(settings.CMS_PATH.strip("/") + "/", include(wagtailadmin_urls)),
    # Wagtail asks for this address by this name.
    path("documents/<int:pk>/<str:name>", files.document, name="wagtaildocs_serve"),
]
if settings.DEMO:
    urlpatterns += [
        path("demo/<int:person>/<str:token>/", signing_in.demo_link, name="demo_link"),
    ]
if not settings.PRODUCTION:
    # In production the web server in front hands out pictures; see the README.
    urlpatterns += [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})]
urlpatterns += [path("", include(wagtail_urls))]
