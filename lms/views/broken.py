"""The page that is shown when something broke on our side."""

import sys

from django.http import HttpResponseServerError
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from lms import no_room


@requires_csrf_token
def server_error(request):
    """Draw the page, with the number by which the log can be searched. It asks for nothing.

    What went wrong for want of room has a page of its own.
    """
    if no_room.is_for_want_of_room(sys.exception()):
        return no_room.page(request)
    number = getattr(request, "number", "")
    return HttpResponseServerError(loader.get_template("500.html").render({"number": number}))
