"""What stands above a page in its editor, and how its form is sent to a second reader."""

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import HelpPanel

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
