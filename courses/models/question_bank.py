"""The questions that a course's checks are drawn from."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from content.blocks.question_bank import BankBody, questions
from courses.models.review import WrittenByTwo
from courses.panels import Standing, tabs, title_panel


class QuestionBankPage(WrittenByTwo, Page):
    """A course's question bank. It has no public page: its questions are met when drawn."""

    body = StreamField(BankBody(), verbose_name=_("questions"))

    edit_handler = tabs(
        [
            Standing(),
            title_panel(_("Title of the question bank")),
            FieldPanel(
                "body", help_text=_("Press the plus, and choose what kind of question to add.")
            ),
        ]
    )
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]
    template = "courses/question_bank_page.html"
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []
    max_count_per_parent = 1
    page_description = _("The questions that checks before and after the course are drawn from.")

    class Meta:
        verbose_name = _("question bank")

    @cached_property
    def questions(self):
        """{question id: (heading above it, question)}, in order."""
        return questions(self.body)

    def serve(self, request, *args, **kwargs):
        """Show the questions to their author in a preview, and to nobody else."""
        if not getattr(request, "is_preview", False):
            raise Http404
        return super().serve(request, *args, **kwargs)
