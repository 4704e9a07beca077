"""What these tests share: a town, and no log of thousands of answers that turn somebody away."""

import logging

import pytest
from django.db import transaction

from tests.security.town import Town


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """A town to ask and to look at. Each test leaves its records as they were."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Town()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _refusals_are_not_logged():
    log = logging.getLogger("django.request")
    usual = log.level
    log.setLevel(logging.ERROR)
    yield
    log.setLevel(usual)
