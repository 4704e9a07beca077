"""What stands around a page's fields in its editor, and how its form asks for a second reader."""

from itertools import count

from django.core.exceptions import ValidationError
from django.forms import Media
from django.templatetags.static import static
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.models import Page

from courses.blocks import usual_plan

ASK = "action-ask"


def title_panel(what, help_text=""):
    """Return the field for a page's title, which says what the page is: “Title of the lesson”."""
    return TitleFieldPanel("title", placeholder=what, help_text=help_text)


def tabs(panels, form=None):
    """Return an editor of one tab to write in, and one for the address, which few ever need."""
    address = FieldPanel(
        "slug",
        heading=_("Address of this page"),
        help_text=_(
            "The last part of its web address. It comes from the title: leave it as it is."
        ),
    )
    return TabbedInterface(
        [
            ObjectList(panels, heading=_("Content")),
            ObjectList([address], heading=_("Address")),
            ObjectList(Page.settings_panels, heading=_("Settings")),  # notes beside the fields
        ],
        base_form_class=form or AskingForm,
    )


class AskingForm(WagtailAdminPageForm):
    """A draft may have gaps. Whoever asks for a second reader is told of them where they are."""

    def defer_required_fields(self):
        if ASK not in self.data:
            super().defer_required_fields()

    def clean_slug(self):
        """Give a draft whose title is there already an address of its own.

        Nobody has been told the address of a draft yet, so it may be any. A published page keeps
        the one that it has, and who wants to change it is told when it is taken.
        """
        slug = self.cleaned_data["slug"]
        if not slug or self._is_free(slug):
            return slug
        if self.instance.live and self.instance.pk:
            raise ValidationError(
                gettext("Another page here has the address “%(address)s”. Choose another one.")
                % {"address": slug}
            )
        longest = self.fields["slug"].max_length
        endings = (f"-{number}" for number in count(2))
        others = (slug[: longest - len(ending)] + ending for ending in endings)
        return next(other for other in others if self._is_free(other))

    def _is_free(self, slug):
        return self.instance._slug_is_available(slug, self.parent_page, self.instance)


class Standing(HelpPanel):
    """Where the page stands: what came back and why, what is left to mend, who is affected."""

    def __init__(self, **kwargs):
        kwargs.setdefault("template", "courses/cms/_standing.html")
        super().__init__(**kwargs)


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
