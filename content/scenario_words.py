"""What the codes of a scenario are called: skills, roadblocks, endings, and its faults."""

from django.utils.translation import gettext_lazy as _

SKILLS = {
    "attend": _("Give your attention"),
    "silence": _("Leave room"),
    "open_question": _("Ask openly"),
    "affirm": _("Notice strengths"),
    "reflect": _("Say it back"),
    "summarise": _("Draw it together"),
    "ask_permission": _("Ask before offering"),
    "stay_in_role": _("Know the edges"),
    "keep_fair": _("Keep it fair"),
    "signal": _("Use your partner: agree signals"),
    "name_problem": _("Name the real problem"),
    "own_ideas_first": _("Their own ideas first"),
    "group_ideas": _("Ask the group for ideas"),
    "person_chooses": _("The person chooses"),
    "confidence_talk": _("Talk about how sure they are"),
    "park_kindly": _("Park it kindly"),
    "ask_directly": _("Ask plainly"),
    "signpost": _("Point to the right help"),
    "tell": _("Tell the named person"),
    "repair": _("Repair"),
}
ROADBLOCKS = {
    "fix": _("Fixing"),
    "reassure": _("Reassuring too soon"),
    "compare": _("Comparing: “When I…”"),
    "question": _("Questions like an interview"),
    "judge": _("Judging"),
    "change_subject": _("Changing the subject"),
    "cheer_up": _("Cheering up"),
    "diagnose": _("Saying what they have"),
    "promise": _("Promising"),
    "take_over": _("Taking over"),
    "advise": _("Advice about medicine or treatment"),
    "ignore": _("Passing over it"),
    "spotlight": _("Putting someone on the spot"),
    "police": _("Using rules as a stick"),
    "overrule": _("Choosing for them"),
}
# The kinds of ending: what is said to a trainee who came to one. Never a mark.
ENDINGS = {
    "heard": _("They felt heard"),
    "part_heard": _("They felt partly heard"),
    "closed": _("The talk closed"),
    "plan_made": _("A plan is made"),
    "part": _("Part of the way"),
    "safe": _("They are safe, and the right person knows"),
}
FAULTS = {
    "no_steps": _("Write the first step: what happens, and what people could say."),
    "no_endings": _("Write at least one ending for the steps to lead to."),
    "no_repair": _(
        "Add a way to repair: a later step that is ticked as a chance to repair. "
        "People learn most from mending what went badly."
    ),
    "no_kind": _(
        "Tick “Meant kindly, but does not help” at one choice or more. "
        "Most of what gets in the way is meant kindly."
    ),
    "no_name": _("Give this a short name, so that choices can lead to it."),
    "name_taken": _("“%(name)s” is the name of something above. Give this another name."),
    "no_words": _("Write the words for this."),
    "not_reached": _("Nothing leads here yet. Let a choice go to “%(name)s”, or take this out."),
    "no_choices": _("Add a choice, so that people can go on from here."),
    "no_way_out": _(
        "No ending can be reached from here. Let one of these choices lead on to an ending."
    ),
    "no_ending_kind": _("Choose what kind of ending this is."),
    "no_say": _("Write what one could say or do."),
    "no_then": _("Write what happens next."),
    "no_feedback": _("Write what we say back. Every choice deserves a reason."),
    "no_tag": _("Tick at least one skill or roadblock that this choice shows."),
    "no_go": _("Write where this goes: the name of a step or an ending."),
    "unknown_go": _("Nothing here is called “%(name)s”. Write the name of a step or an ending."),
    "goes_and_stays": _(
        "With a right step, people choose again here, so this goes nowhere. Leave it empty."
    ),
}


def skills():
    """Return the skills as an author picks them."""
    return list(SKILLS.items())


def roadblocks():
    """Return the roadblocks as an author picks them."""
    return list(ROADBLOCKS.items())


def endings():
    """Return the kinds of ending as an author picks them."""
    return list(ENDINGS.items())


def fault_words(reason, name=""):
    """Return what an author is told; `name` is what the step is called, or the choice leads to."""
    return FAULTS[reason] % {"name": name}
