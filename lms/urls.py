"""The whole site's addresses: our apps, the CMS, and Wagtail's pages last."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from content.views import pictures
from courses.views import calendars, feedback, files
from lms.views import cards, csp_reports, devices, joining, people, privacy, signing_in, working

handler500 = "lms.views.broken.server_error"

urlpatterns = [
    path("healthz", working.healthz, name="healthz"),
    path("readyz", working.readyz, name="readyz"),
    path(settings.CSP_REPORTS_PATH.strip("/") + "/", csp_reports.csp_reports, name="csp_reports"),
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
    path("me/roles/<int:pk>/", people.answer_role, name="role_answer"),
    path("me/devices/", devices.devices, name="devices"),
    path("me/devices/<int:pk>/sign-out/", devices.sign_out, name="device_sign_out"),
    path("me/devices/sign-out/", devices.sign_out_elsewhere, name="devices_sign_out"),
    path("me/everything/", privacy.everything, name="everything"),
    path("me/everything/file/", privacy.everything_zip, name="everything_zip"),
    path("me/looked/", privacy.who_looked, name="who_looked"),
    path("me/forget/", privacy.erasure, name="erasure"),
    path("me/forget/sure/", privacy.erasure_sure, name="erasure_sure"),
    path("me/forget/undo/", privacy.erasure_undo, name="erasure_undo"),
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
    path(
        "organise/<int:pk>/people/<int:enrolment_pk>/forget/",
        privacy.person_forget,
        name="person_forget",
    ),
    path("", include("courses.urls_reminders")),
    path("organise/working/", working.page, name="working"),
    path("organise/", include("courses.urls_organise")),
    path("groups/", include("courses.urls_groups")),
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
if settings.FILES_BUCKET:
    urlpatterns += [path("media/<path:name>", pictures.stored)]
elif not settings.PRODUCTION:
    # In production the web server in front hands out pictures: docs/running.md.
    urlpatterns += [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})]
urlpatterns += [path("", include(wagtail_urls))]
