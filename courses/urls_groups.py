"""Where those go who lead groups after their training, and those who support them."""

from django.urls import path

from courses.views import delivered, groups_led, support

urlpatterns = [
    path("", groups_led.groups_i_lead, name="groups_i_lead"),
    path("<int:pk>/", delivered.group, name="delivered_group"),
    path("<int:pk>/sessions/<int:number>/", delivered.session, name="delivered_session"),
    path("<int:pk>/checklist/", delivered.checklist, name="delivered_checklist"),
    path("<int:pk>/end/", delivered.end, name="delivered_end"),
    path("support/<int:enrolment>/", support.contact, name="support_contact"),
]
