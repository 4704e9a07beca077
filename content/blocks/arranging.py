"""Questions without options to choose from: put these in order, sort these into groups."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from content.blocks.quiz import SafetyBlock
from content.exercises import Card, Item, Order, Sort
from content.fences.quiz import GROUPS


class OrderValue(blocks.StructValue):
    @property
    def mixed(self):
        """The items as they are printed."""
        return self.exercise("").mixed

    def exercise(self, block_id):
        """Return this question as an Order; `block_id` is the block's own id."""
        return Order(
            id=str(block_id),
            question=self["question"],
            items=tuple(Item(str(child.id), child.value) for child in self["items"].bound_blocks),
            feedback=self["feedback"],
            feedback_other=self["feedback_other"],
            safety=bool(self["safety"]),
        )


class OrderBlock(blocks.StructBlock):
    question = blocks.TextBlock(label=_("Question"), rows=2, max_length=500)
    safety = SafetyBlock()
    items = blocks.ListBlock(
        blocks.CharBlock(label=_("One thing"), max_length=200),
        label=_("In the best order, from first to last"),
        help_text=_("People are shown another order."),
        min_num=3,
        max_num=8,
        default=["", "", ""],
    )
    feedback = blocks.TextBlock(label=_("What we say to this order"), rows=2)
    feedback_other = blocks.TextBlock(
        label=_("What we say to any other order"),
        rows=2,
        help_text=_("Say what to look at. They may try again as often as they like."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Put in order")
        description = _("A few things to put in order, with numbers or with buttons.")
        value_class = OrderValue
        template = "content/blocks/order.html"
        preview_value = {
            "question": _("Put the first steps of solving a problem in order."),
            "safety": False,
            "items": [_("Say what the problem is"), _("Gather ideas"), _("Pick one"), _("Try it")],
            "feedback": _("You began with the problem itself, so the ideas fit it."),
            "feedback_other": _(
                "Look at what comes first. Can ideas fit a problem without a name?"
            ),
        }

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:  # a draft may have gaps, and is kept with them
            return value
        seen, faults = set(), {}
        for index, text in enumerate(value["items"]):
            if text in seen:
                faults[index] = ValidationError(
                    _("This one is there already. Say it in other words, or remove it.")
                )
            seen.add(text)
        if faults:
            raise StructBlockValidationError(
                block_errors={"items": ListBlockValidationError(block_errors=faults)}
            )
        return value


class GroupsBlock(blocks.StructBlock):
    """What the groups are called. Cards point at the place, so a name may be changed freely."""

    first = blocks.CharBlock(label=_("First group"), max_length=40, default=_("Us"))
    second = blocks.CharBlock(label=_("Second group"), max_length=40, default=_("Not us"))
    third = blocks.CharBlock(
        label=_("Third group"), max_length=40, required=False, default=_("Depends")
    )
    fourth = blocks.CharBlock(label=_("Fourth group"), max_length=40, required=False)


class CardBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Card"), max_length=200)
    fits = blocks.MultipleChoiceBlock(
        label=_("Where it fits (one or more)"),
        choices=[
            ("first", _("First group")),
            ("second", _("Second group")),
            ("third", _("Third group")),
            ("fourth", _("Fourth group")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    feedback = blocks.TextBlock(
        label=_("What we say back"), rows=2, help_text=_("Why it goes there, or what it hangs on.")
    )


class SortValue(blocks.StructValue):
    @property
    def groups(self):
        """The groups that have a name."""
        return tuple(
            Item(place, self["groups"][place]) for place in GROUPS if self["groups"].get(place)
        )

    def exercise(self, block_id):
        """Return this question as a Sort; `block_id` is the block's own id."""
        return Sort(
            id=str(block_id),
            question=self["question"],
            groups=self.groups,
            cards=tuple(
                Card(
                    id=str(child.id),
                    text=child.value["text"],
                    fits=tuple(child.value["fits"] or ()),
                    feedback=child.value["feedback"],
                )
                for child in self["cards"].bound_blocks
            ),
            safety=bool(self["safety"]),
        )


class SortBlock(blocks.StructBlock):
    question = blocks.TextBlock(label=_("Question"), rows=2, max_length=500)
    safety = SafetyBlock()
    groups = GroupsBlock(label=_("Groups"))
    cards = blocks.ListBlock(
        CardBlock(label=_("Card")),
        label=_("Cards"),
        min_num=2,
        max_num=12,
        default=[{"text": "", "fits": [], "feedback": ""}] * 2,
    )

    class Meta:
        icon = "table"
        label = _("Sort into groups")
        description = _("A few cards, each to be put into a group: us, not us, or it depends.")
        value_class = SortValue
        template = "content/blocks/sort.html"
        preview_value = {
            "question": _("Is this something for us?"),
            "safety": False,
            "groups": {
                "first": _("Us"),
                "second": _("Not us"),
                "third": _("Depends"),
                "fourth": "",
            },
            "cards": [
                {
                    "text": _("Saying how you found a clinic"),
                    "fits": ["first"],
                    "feedback": _("You share what you lived through."),
                },
                {
                    "text": _("Saying which tablet to take"),
                    "fits": ["second"],
                    "feedback": _("A doctor or a pharmacist knows their whole story."),
                },
            ],
        }

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:  # a draft may have gaps, and is kept with them
            return value
        named = {group.id for group in value.groups}
        faults = {
            index: StructBlockValidationError(block_errors={"fits": ValidationError(problem)})
            for index, card in enumerate(value["cards"])
            if (problem := self._problem(card, named))
        }
        if faults:
            raise StructBlockValidationError(
                block_errors={"cards": ListBlockValidationError(block_errors=faults)}
            )
        return value

    @staticmethod
    def _problem(card, named):
        if not card["fits"]:
            return _("Tick at least one group for this card.")
        if not set(card["fits"]) <= named:
            return _("This card points at a group that has no name. Name it, or tick another.")
        return None
