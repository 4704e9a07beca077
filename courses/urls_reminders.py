"""Where people say which reminders they want. The link in a mail needs no signing in."""

from django.urls import path

from courses.views import reminders

urlpatterns = [
    path("me/reminders/", reminders.choose, name="reminder_choices"),
    path("reminders/<str:token>/", reminders.stop, name="stop_reminders"),
]
