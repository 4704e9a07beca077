"""Mail that a page sends at once, without waiting for the mail server.

A page that waits tells by its slowness that an address is known, and is slow or broken when the
mail server is. What could not be sent is noted in the log, without saying to whom; people ask for
another code.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from django.conf import settings

log = logging.getLogger(__name__)


def post(message):
    """Send a message beside this request; in tests, before it goes on."""
    if settings.SEND_CODES_BESIDE:
        _posts().submit(_send, message)
    else:
        _send(message)


def _send(message):
    try:
        message.send()
    except Exception:
        # Whatever a mail server does, the page has been answered; its reply may name the address.
        log.error("A message could not be sent. Look at the mail server and its settings.")


@cache
def _posts():
    return ThreadPoolExecutor(max_workers=4, thread_name_prefix="posting")
