"""What the CMS shows around a session's fields: its minutes added up, and a plan to start from."""

from django.forms import Media
from django.templatetags.static import static
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import HelpPanel

from courses.blocks import usual_plan


class MinutesPanel(HelpPanel):
    """Says whether the activities fill the session. A small script keeps it right while typing."""

    def __init__(self, template="courses/cms/_minutes.html", **kwargs):
        super().__init__(template=template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        @property
        def media(self):
            return Media(js=[static("courses/cms/minutes.js")])


class SessionForm(WagtailAdminPageForm):
    """Begins a new session with the next number and the usual plan, to be changed at will."""

    def __init__(self, data=None, files=None, parent_page=None, *args, **kwargs):
        session = kwargs.get("instance")
        if data is None and parent_page and session and session.pk is None:
            latest = type(session).objects.child_of(parent_page).order_by("number").last()
            session.number = latest.number + 1 if latest else 1
            session.plan = usual_plan(session.number, session.minutes)
        super().__init__(data, files, parent_page, *args, **kwargs)
