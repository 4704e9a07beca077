"""Where certificates are checked by anyone, and read by their holders. Mounted at the root."""

from django.urls import path

from certificates import views

urlpatterns = [
    path("v/", views.check_form, name="check_form"),
    path("v/<str:serial>/", views.check, name="check"),
    path("V/<str:serial>/", views.check_in_capitals),
    path("certificates/", views.issued, name="issued"),
    path("certificates/<str:serial>/", views.certificate, name="certificate"),
    path("certificates/<str:serial>/pdf/", views.certificate_pdf, name="certificate_pdf"),
    path("certificates/<str:serial>/withdraw/", views.withdraw, name="withdraw"),
]
