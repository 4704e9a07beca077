"""Which doors the head of every page shows.

What a person may open is asked anew behind each door. The head only needs a hint, so it is kept in
the session when "My learning" is opened (where signing in leads), and costs no query elsewhere.
"""

ORGANISES = "organises"


def remember(request, *, organises):
    """Keep whether this person runs or leads groups; written only when it changes."""
    if request.session.get(ORGANISES, False) != organises:
        request.session[ORGANISES] = organises


def doors(request):
    """Context processor: `organises`."""
    return {ORGANISES: request.session.get(ORGANISES, False)}
