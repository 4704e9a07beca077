"""What a handout can be made of: words, cards to cut out, lines, boxes, criteria, a table."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content.blocks.text import ReadBlock
from content.blocks.translating import NameBlock, TableBlock

NUMBER_IN_FRONT = re.compile(r"^\d+[.:)]?\s+")


class CardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=80)
    text = blocks.TextBlock(label=_("Text"), rows=3, max_length=600)
    back = blocks.TextBlock(
        label=pgettext_lazy("of a card", "Back"),
        rows=2,
        required=False,
        max_length=600,
        help_text=_(
            "Printed on the next sheet, so that it fits when you print on both sides. "
            "In large print it stands below a line to fold at."
        ),
    )

    class Meta:
        label = _("Card")


class CardsValue(blocks.StructValue):
    @property
    def rows(self):
        """The fronts, row by row."""
        return self._in_rows(self["cards"])

    @property
    def backs(self):
        """The backs, each row the other way round: so they meet when the sheet is turned over."""
        if not any(card["back"] for card in self["cards"]):
            return []
        return [row[::-1] for row in self._in_rows(self["cards"])]

    def _in_rows(self, cards):
        across = int(self["across"])
        found = [list(cards)[start : start + across] for start in range(0, len(cards), across)]
        return [row + [None] * (across - len(row)) for row in found]


class CardsBlock(blocks.StructBlock):
    across = blocks.ChoiceBlock(
        label=_("Side by side"),
        choices=[("1", _("one")), ("2", _("two")), ("3", _("three"))],
        default="2",
        help_text=_("In large print there is always one."),
    )
    cards = blocks.ListBlock(CardBlock(), label=_("Cards"), min_num=1, max_num=60)

    class Meta:
        icon = "grip"
        label = _("Cards")
        description = _("Cards to print and cut out along the lines.")
        value_class = CardsValue
        template = "content/blocks/cards.html"
        preview_value = {
            "across": "2",
            "cards": [
                {"title": "", "text": _("Listen to a worry"), "back": ""},
                {"title": "", "text": _("Explain a blood result"), "back": ""},
            ],
        }


class LinesValue(blocks.StructValue):
    @property
    def rules(self):
        """One item for each line."""
        return range(self["lines"])


class LinesBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What is asked"), max_length=300)
    lines = blocks.IntegerBlock(label=_("Lines"), default=3, min_value=1, max_value=25)

    class Meta:
        icon = "minus"
        label = _("Lines to write on")
        description = _("A question, with room to write by hand.")
        value_class = LinesValue
        template = "content/blocks/lines.html"
        preview_value = {"label": _("What will you do?"), "lines": 2}


class BoxesBlock(blocks.StructBlock):
    items = blocks.ListBlock(
        blocks.CharBlock(label=_("Item"), max_length=300), label=_("Items"), min_num=1, max_num=40
    )

    class Meta:
        icon = "tick"
        label = _("Boxes to tick")
        description = _("A list with a box beside each line.")
        template = "content/blocks/boxes.html"
        preview_value = {"items": [_("The group agreement is on show."), _("We ended on time.")]}


class CriterionBlock(blocks.StructBlock):
    code = NameBlock(label=_("Short name"), max_length=12)
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    safety = blocks.BooleanBlock(
        label=_("About safety"),
        required=False,
        help_text=_("Such a one is marked with a star."),
    )
    levels = blocks.ListBlock(
        blocks.TextBlock(label=_("What is seen"), rows=2, max_length=400),
        label=_("What is seen at each level"),
        help_text=_("In the order of the levels above."),
    )

    class Meta:
        label = _("Criterion")


class CriteriaValue(blocks.StructValue):
    @property
    def described(self):
        """Each criterion with its levels: (criterion, [(name, what is seen)]).

        A name that was written with its number loses it: whoever shows the levels counts them.
        """
        names = [NUMBER_IN_FRONT.sub("", name) for name in self["levels"]]
        return [
            (each, list(zip(names, each["levels"], strict=False))) for each in self["criteria"]
        ]


class CriteriaBlock(blocks.StructBlock):
    levels = blocks.ListBlock(
        blocks.CharBlock(label=_("Name"), max_length=60),
        label=_("Levels"),
        min_num=2,
        max_num=5,
        help_text=_("From the first to the strongest."),
    )
    criteria = blocks.ListBlock(CriterionBlock(), label=_("Criteria"), min_num=1, max_num=30)

    class Meta:
        icon = "list-ol"
        label = _("Criteria")
        description = _("What an observer looks at, and what each level looks like.")
        value_class = CriteriaValue
        template = "content/blocks/criteria.html"
        preview_value = {
            "levels": [_("Gets in the way"), _("Beginning"), _("Ready"), _("Strong")],
            "criteria": [
                {
                    "code": "PF2",
                    "title": _("Attention and room"),
                    "safety": False,
                    "levels": [
                        _("Talks over people."),
                        _("Fills most gaps."),
                        _("Leaves pauses."),
                        _("Uses silence on purpose."),
                    ],
                }
            ],
        }

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:  # a draft may have gaps, and is kept with them
            return value
        asked = len(value["levels"])
        uneven = [each["code"] for each in value["criteria"] if len(each["levels"]) != asked]
        if uneven:
            raise StructBlockValidationError(
                non_block_errors=[
                    ValidationError(
                        ngettext(
                            "There is %(n)s level. Describe it for each criterion: %(codes)s.",
                            "There are %(n)s levels. Describe each of them for %(codes)s.",
                            asked,
                        )
                        % {"n": asked, "codes": ", ".join(uneven)}
                    )
                ]
            )
        return value


class PageBreakBlock(blocks.StaticBlock):
    class Meta:
        icon = "arrow-down-big"
        label = _("New sheet")
        description = _("What follows begins on a new sheet of paper.")
        admin_text = _("What follows begins on a new sheet of paper.")
        template = "content/blocks/page_break.html"


def _table():
    return TableBlock(
        [("text", blocks.TextBlock(label=_("Text"), rows=2, required=False))],
        icon="table",
        label=_("Table"),
        description=_("Rows and columns. Give each column a heading."),
        template="content/blocks/table.html",
        preview_value={
            "columns": [
                {"type": "text", "heading": _("Step")},
                {"type": "text", "heading": _("Ask")},
            ],
            "rows": [{"values": [_("Name it"), _("What bothers you most?")]}],
            "caption": "",
        },
    )


class HandoutBody(blocks.StreamBlock):
    read = ReadBlock(group=_("Words"))
    lines = LinesBlock(group=_("To fill in"))
    boxes = BoxesBlock(group=_("To fill in"))
    cards = CardsBlock(group=_("To cut out"))
    table = _table()
    criteria = CriteriaBlock()
    page_break = PageBreakBlock()

    class Meta:
        label = _("Handout")
