"""What the template of the player, `content/h5p/player.html`, asks for."""

from django.utils import timezone

from content.h5p.capability import frame_address


def player(*, title, version, person, words="", said_url="", state_url="", on_url=""):
    """Return what shows a version (its id) to a person (theirs).

    Without addresses nothing is kept of what they do. `words` is safe HTML: the same for those
    who cannot use it. `on_url` goes on without it.
    """
    return {
        "title": title,
        "words": words,
        "frame": frame_address(version, person, timezone.now()),
        "version": version,
        "said_url": said_url,
        "state_url": state_url,
        "on_url": on_url,
    }
