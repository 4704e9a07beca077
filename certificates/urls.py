"""Where certificates are checked by anyone, and read by their holders. Mounted at the root."""

from django.urls import path

from certificates.views import afterwards, badges, certificates, checking, looks, record

urlpatterns = [
    path("v/", checking.check_form, name="check_form"),
    path("v/<str:serial>/", checking.check, name="check"),
    path("v/<str:serial>/check.json", checking.check_json, name="check_json"),
    path("V/<str:serial>/", checking.check_in_capitals),
    path("record/", record.record, name="record"),
    path("record/my-record.zip", record.record_zip, name="record_zip"),
    path("certificates/colour-<str:colour>.css", looks.colour, name="certificate_colour"),
    path("certificates/", certificates.issued, name="issued"),
    path("certificates/ending/", certificates.ending, name="ending"),
    path("certificates/<str:serial>/", certificates.certificate, name="certificate"),
    path("certificates/<str:serial>/pdf/", certificates.certificate_pdf, name="certificate_pdf"),
    path("certificates/<str:serial>/large-print/", looks.large_print, name="large_print"),
    path("certificates/<str:serial>/withdraw/", certificates.withdraw, name="withdraw"),
    path("certificates/<str:serial>/name/", afterwards.change_name, name="certificate_name"),
    path("certificates/<str:serial>/shown/", afterwards.show_name, name="certificate_shown"),
    path("certificates/<str:serial>/correct/", afterwards.correct, name="certificate_correct"),
    path("certificates/<str:serial>/life/", afterwards.life, name="certificate_life"),
    path("certificates/<str:serial>/renew/", afterwards.renew, name="certificate_renew"),
    path("certificates/<str:serial>/pause/", afterwards.pause, name="certificate_pause"),
    path("certificates/<str:serial>/go-on/", afterwards.go_on, name="certificate_go_on"),
    path("v/<str:serial>/badge.json", badges.badge_json, name="badge_json"),
    path("v/<str:serial>/badge.svg", badges.badge_svg, name="badge_svg"),
    path("v/<str:serial>/badge.png", badges.badge_png, name="badge_png"),
    path(
        "achievements/<int:organisation>/<int:edition>/<str:kind>/",
        badges.achievement,
        name="achievement",
    ),
    # These two end in .json, so that any server of plain files gives them the right type.
    path("status/<int:which>.json", badges.status, name="badge_status"),
    path(".well-known/did.json", badges.did, name="did"),
]
