"""Exercises a trainee does for themselves: a reflection, an action plan, a checklist."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.exercises import Checklist, Item, Plan, Reflection


class ReflectionValue(blocks.StructValue):
    def exercise(self, block_id):
        """Return this prompt as a Reflection; `block_id` is the block's own id."""
        return Reflection(id=str(block_id), prompt=self["prompt"], help=self["help"])


class ReflectionBlock(blocks.StructBlock):
    prompt = blocks.TextBlock(label=_("Question"), rows=2, max_length=500)
    help = blocks.TextBlock(label=_("A word of help"), rows=2, required=False, max_length=500)

    class Meta:
        icon = "edit"
        label = _("Reflection")
        description = _(
            "A question to think and write about. Only the writer can read the answer."
        )
        value_class = ReflectionValue
        template = "content/blocks/reflection.html"
        preview_value = {
            "prompt": _("When did you last feel really listened to?"),
            "help": _("A few words are enough."),
        }


class PlanValue(blocks.StructValue):
    def exercise(self, block_id):
        """Return this prompt as a Plan; `block_id` is the block's own id."""
        return Plan(id=str(block_id), prompt=self["prompt"], help=self["help"])


class PlanBlock(blocks.StructBlock):
    prompt = blocks.TextBlock(label=_("Question"), rows=2, max_length=500)
    help = blocks.TextBlock(label=_("A word of help"), rows=2, required=False, max_length=500)

    class Meta:
        icon = "calendar-check"
        label = _("Action plan")
        description = _("Asks what, how much, when, how often, and how sure the person is.")
        value_class = PlanValue
        template = "content/blocks/action_plan.html"
        preview_value = {
            "prompt": _("What is one small thing you want to do this week?"),
            "help": _("Choose something you want, not something you should."),
        }


class ChecklistValue(blocks.StructValue):
    def exercise(self, block_id):
        """Return this list as a Checklist; `block_id` is the block's own id."""
        return Checklist(
            id=str(block_id),
            prompt=self["prompt"],
            help=self["help"],
            items=tuple(
                Item(id=str(item.id), text=item.value) for item in self["items"].bound_blocks
            ),
        )


class ChecklistBlock(blocks.StructBlock):
    prompt = blocks.TextBlock(label=_("Question"), rows=2, max_length=500)
    help = blocks.TextBlock(label=_("A word of help"), rows=2, required=False, max_length=500)
    items = blocks.ListBlock(
        blocks.CharBlock(label=_("Thing to tick"), max_length=300),
        label=_("Things to tick"),
        min_num=1,
    )

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        description = _("Things to tick. Only the person who ticks can see what they ticked.")
        value_class = ChecklistValue
        template = "content/blocks/checklist.html"
        preview_value = {
            "prompt": _("What have you got ready for your first session?"),
            "help": _("Tick what is true today. You can come back and tick more."),
            "items": [
                _("The room is open"),
                _("The chairs stand in a circle"),
                _("The kettle is on"),
            ],
        }
