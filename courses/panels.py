"""What stands around a page's fields in its editor, and how its form asks for a second reader."""

from django.forms import Media
from django.templatetags.static import static
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import HelpPanel

from courses.blocks import usual_plan

ASK = "action-ask"


class AskingForm(WagtailAdminPageForm):
    """A draft may have gaps. Whoever asks for a second reader is told of them where they are."""

    def defer_required_fields(self):
        if ASK not in self.data:
            super().defer_required_fields()


class Standing(HelpPanel):
    """Where the page stands: what came back and why, what is left to mend, who is affected."""

    def __init__(self, **kwargs):
        kwargs.setdefault("template", "courses/cms/_standing.html")
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            return bool(self.instance.pk)


class MinutesPanel(HelpPanel):
    """Says whether the activities fill the session. A small script keeps it right while typing."""

    def __init__(self, template="courses/cms/_minutes.html", **kwargs):
        super().__init__(template=template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        @property
        def media(self):
            return Media(js=[static("courses/cms/minutes.js")])


class SessionForm(AskingForm):
    """Begins a new session with the next number and the usual plan, to be changed at will."""

    def __init__(self, data=None, files=None, parent_page=None, *args, **kwargs):
        session = kwargs.get("instance")
        if data is None and parent_page and session and session.pk is None:
            latest = type(session).objects.child_of(parent_page).order_by("number").last()
            session.number = latest.number + 1 if latest else 1
            session.plan = usual_plan(session.number, session.minutes)
        super().__init__(data, files, parent_page, *args, **kwargs)
