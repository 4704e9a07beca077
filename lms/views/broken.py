"""The page that is shown when something broke on our side."""

from django.http import HttpResponseServerError
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def server_error(request):
    """Draw the page, with the number by which the log can be searched. It asks for nothing."""
    number = getattr(request, "number", "")
    return HttpResponseServerError(loader.get_template("500.html").render({"number": number}))
