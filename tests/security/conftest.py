"""What these tests share: thousands of answers that turn somebody away, and no log of each."""

import logging

import pytest


@pytest.fixture(autouse=True)
def _refusals_are_not_logged():
    log = logging.getLogger("django.request")
    usual = log.level
    log.setLevel(logging.ERROR)
    yield
    log.setLevel(usual)
