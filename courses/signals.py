"""What this app announces. Nothing in it listens: those who want to know import these."""

from django.dispatch import Signal

# Sent once a milestone is safely written, with `milestone` and `at`.
milestone_reached = Signal()

# Sent once it is safely written that a group's series counts: full, and with a checklist. For each
# of those who led it, with `group`, `person`, `day` (the last one of the series), `by` and `at`.
# It is sent again with every later word about that group, so hearing it twice must be harmless.
# A correction may bring another day. How it stands now, `courses.groups_led.series_led_by` tells.
series_led = Signal()
