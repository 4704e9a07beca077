"""Blocks of words: a new step, text to read, a coloured note, words to try."""

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["h2", "bold", "italic", "ol", "ul", "link"]


def paragraph(words):
    """Return a preview's words as rich text. Called when it is drawn: rich text is never lazy."""
    return f"<p>{words}</p>"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)

    class Meta:
        icon = "arrow-right-full"
        label = _("New step")
        description = _(
            "Starts a new screen. Everything below it, up to the next one, is shown there."
        )
        preview_value = {"title": _("Leave room")}
        template = "content/blocks/step.html"
        form_layout = ["title"]


class ReadBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Read")
        description = _("Text to read. Two or three short paragraphs are enough for one step.")
        preview_value = staticmethod(
            lambda: paragraph(
                _("A pause of five seconds feels long. It gives the other person room.")
            )
        )
        template = "content/blocks/read.html"

    def __init__(self, **kwargs):
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not self.is_deferred_validation and not strip_tags(value.source).strip():
            raise ValidationError(_("There are no words here yet. Write some, or remove this."))
        return value


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("note", _("Good to know")),
            ("try", _("Try it")),
            ("think", _("Think about it")),
        ],
        default="note",
    )
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "link"])

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        description = _("A short note in a coloured box. Use it for one thing to keep in mind.")
        preview_value = staticmethod(
            lambda: {"kind": "try", "text": paragraph(_("Count to five before you speak."))}
        )
        template = "content/blocks/callout.html"


class SayBlock(blocks.StructBlock):
    lead = blocks.CharBlock(label=_("Lead-in"), required=False, max_length=200)
    words = blocks.CharBlock(label=_("Words to try"), max_length=300)

    class Meta:
        icon = "openquote"
        label = _("Words to try")
        description = _(
            "Words that a facilitator could say, set apart so that they are easy to find."
        )
        preview_value = {
            "lead": _("Instead of “Did you tell your family?”, try:"),
            "words": _("How has it been with your family?"),
        }
        template = "content/blocks/say.html"
