"""A message as an e-mail, handed to the mail server; and what the server's answer means for it."""

import logging
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.crypto import salted_hmac

from courses.actions.reminders import stop_link
from courses.models import MessageKind, Problem

logger = logging.getLogger(__name__)


class Fate(Enum):
    """What has become of a message that was handed over."""

    SENT = "sent"
    LATER = "later"
    NEVER = "never"
    UNKNOWN = "unknown"  # it may have gone


@dataclass(frozen=True)
class Answer:
    fate: Fate
    problem: str = ""


SENT = Answer(Fate.SENT)
NO_SERVER = Answer(Fate.LATER, Problem.NO_SERVER)


class Post:
    """A connection to the mail server, opened when it is first needed, and anew after a fault."""

    def __init__(self):
        self._connection = None

    def hand_over(self, message):
        """Hand a Message to the mail server, and return the Answer."""
        try:
            mail = as_mail(message)
            mail.message()  # a fault in the mail itself is found here, before anything goes
        except ValueError:
            return Answer(Fate.NEVER, Problem.NO_SUCH_ADDRESS)
        try:
            if self._connection is None:
                connection = get_connection()
                connection.open()
                self._connection = connection
        except OSError:  # whatever smtplib raises is one, too
            return NO_SERVER
        answer = _send(self._connection, mail)
        if answer != SENT:
            self.close()
        return answer

    def close(self):
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError):  # when it is broken, that has been noted already
                connection.close()


def _send(connection, mail):
    """Send a mail through an open connection.

    What the server refuses in its own words has not gone. Where there is no answer, nobody knows.
    """
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refused:
        code, _words = next(iter(refused.recipients.values()))
        return _refused(code, Problem.NO_SUCH_ADDRESS)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPHeloError):
        return Answer(Fate.LATER, Problem.OUR_ADDRESS)
    except smtplib.SMTPDataError as refused:
        return _refused(refused.smtp_code, Problem.NOT_TAKEN)
    except (smtplib.SMTPNotSupportedError, ValueError):
        return Answer(Fate.NEVER, Problem.NO_SUCH_ADDRESS)
    except OSError:
        return Answer(Fate.UNKNOWN, Problem.CUT_OFF)
    except Exception:
        logger.exception("A message could not be sent.")
        return Answer(Fate.UNKNOWN, Problem.CUT_OFF)
    return SENT


def _refused(code, for_good):
    """Codes from 500 are for good; those from 400 say: try again later."""
    if code >= 500:
        return Answer(Fate.NEVER, for_good)
    return Answer(Fate.LATER, Problem.NOT_NOW)


def as_mail(message):
    """Return a Message as a plain e-mail. Nothing in it tells us whether it was opened."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    headers = {"Message-ID": message_id(message.key)}
    if message.kind != MessageKind.NOTE:
        headers["Auto-Submitted"] = "auto-generated"
    if message.is_reminder and message.person_id:
        stop = stop_link(settings.SITE_ADDRESS, message.person_id, message.kind)
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        subject=message.subject,
        body=message.text,
        from_email=formataddr((message.from_name, address))
        if message.from_name
        else settings.DEFAULT_FROM_EMAIL,
        to=[message.address],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=headers,
    )


def message_id(key):
    """The mail's own name: the same for the same message, so that a second copy can be known."""
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    return f"<{salted_hmac('courses.outbox', key, algorithm='sha256').hexdigest()[:40]}@{host}>"
