"""What people agree on: the group among themselves, and each trainee by signing."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.text import FEATURES, paragraph
from content.exercises import Agreement, GroupAgreement

WHICH = [("role", _("Role agreement")), ("confidentiality", _("Confidentiality agreement"))]


class GroupAgreementValue(blocks.StructValue):
    def exercise(self, block_id):
        """Return this place as a GroupAgreement; `block_id` is the block's own id."""
        return GroupAgreement(
            id=str(block_id),
            prompt=self["prompt"],
            help=self["help"],
            starters=tuple(self["starters"]),
        )


class GroupAgreementBlock(blocks.StructBlock):
    prompt = blocks.TextBlock(label=_("Question"), rows=2, max_length=500)
    help = blocks.TextBlock(label=_("A word of help"), rows=2, required=False, max_length=500)
    starters = blocks.ListBlock(
        blocks.CharBlock(label=_("Line"), max_length=300),
        label=_("Lines to begin with"),
        min_num=1,
        help_text=_("Shown until the group has made its own."),
    )

    class Meta:
        icon = "group"
        label = _("Group agreement")
        description = _(
            "Shows what the group has agreed on, once it has. Until then, lines to begin with."
        )
        value_class = GroupAgreementValue
        template = "content/blocks/group_agreement.html"
        preview_value = {
            "prompt": _("What do we need from one another, to feel safe here?"),
            "help": _("The group makes its own in the first session."),
            "starters": [
                _("What we hear stays here, unless someone could be hurt"),
                _("One at a time"),
                _("Pass is fine"),
            ],
        }


class AgreementValue(blocks.StructValue):
    def exercise(self, block_id):
        """Return these words as an Agreement; `block_id` is the block's own id."""
        return Agreement(
            id=str(block_id),
            which=self["which"],
            title=self["title"],
            words=str(self["words"]),
            lines=tuple(self["lines"]),
            statement=self["statement"],
        )


class AgreementBlock(blocks.StructBlock):
    which = blocks.ChoiceBlock(label=_("Which one"), choices=WHICH, default="role")
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    words = blocks.RichTextBlock(label=_("Words"), features=FEATURES)
    lines = blocks.ListBlock(
        blocks.CharBlock(label=_("Line"), max_length=300),
        label=_("What they agree to"),
        min_num=1,
        help_text=_("One thing in each line, beginning with “I will” or “I won’t”."),
    )
    statement = blocks.CharBlock(
        label=_("What they tick"),
        max_length=200,
        default=_("I have read this, and I agree."),
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Agreement to sign")
        description = _(
            "Words that each person reads and signs with their name. What they signed is kept."
        )
        value_class = AgreementValue
        template = "content/blocks/agreement.html"
        preview_value = staticmethod(
            lambda: {
                "which": "role",
                "title": _("What I will do as a facilitator"),
                "words": paragraph(_("You and your co-facilitator hold the room together.")),
                "lines": [_("I will listen before I speak"), _("I won’t advise on medicine")],
                "statement": _("I have read this, and I agree."),
            }
        )
