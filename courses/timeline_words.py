"""What happened on a person's way, in words: one plain sentence each."""

from django.utils.translation import gettext as _

from courses.timeline import What


def sentence(event):
    """Say what happened. Its day stands beside it."""
    return SAID[event.what](event.said)


def _marked(said):
    text = {
        "number": said["run"].number,
        "mark": said["mark"],
        "by": said["by"],
        "reason": said["reason"],
    }
    if said["reason"]:
        return _("Session %(number)s: %(mark)s (%(reason)s), marked by %(by)s.") % text
    return _("Session %(number)s: %(mark)s, marked by %(by)s.") % text


def _left(said):
    if said["by"]:
        return _("%(by)s took them out of the group.") % said
    return _("Left the group.")


def _check(said):
    if said["is_enough"]:
        return _("Did the check at the end: it is there.")
    return _("Did the check at the end: not yet.")


def _written_to(said):
    if said["sent"]:
        return _("We wrote to them: %(kind)s.") % said
    return _("A message waits to be sent: %(kind)s.") % said


SAID = {
    What.JOINED: lambda said: _("Joined the group."),
    What.LEFT: _left,
    What.MARKED: _marked,
    What.LESSON: lambda said: _("Finished the lesson “%(lesson)s”.") % said,
    What.CHECK: _check,
    What.SIGNED: lambda said: _("Signed “%(title)s”.") % said,
    What.BOOKED: lambda said: _("Booked practice %(number)s.") % said,
    What.CALLED_OFF: lambda said: _("Practice %(number)s was called off.") % said,
    What.PRACTISED: lambda said: _("Practice %(number)s was watched.") % said,
    What.TALK_OPENED: lambda said: _("A talk is to be held: %(why)s.") % said,
    What.TALK_HELD: lambda said: _("%(by)s had the talk with them.") % said,
    What.WAIVED: lambda said: (
        _("%(by)s waived something that is asked, for access: %(reason)s.") % said
    ),
    What.TAKEN_BACK: lambda said: _("%(by)s took a waiver back.") % said,
    What.SIGNED_OFF: lambda said: _("%(by)s signed off that they are ready.") % said,
    What.REACHED: lambda said: _("Reached: %(kind)s.") % said,
    What.WRITTEN_TO: _written_to,
}
