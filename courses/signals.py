"""The one announcement in the project."""

from django.dispatch import Signal

# Sent once a milestone is safely written, with `milestone` and `at`. Nothing in this app listens:
# those who want to know import this.
milestone_reached = Signal()
