"""Keeping an observer's try at a sample practice."""

from django.db import transaction

from courses.actions.keys import key_for
from courses.calibration import compare
from courses.models import Calibration


@transaction.atomic
def calibrate(*, observer, organisation, sample, rated, key, at):
    """Keep how an observer rated a sample: {criterion: level or None}. Each try is added.

    `sample` is a content.samples.Sample. The same try sent again is one. Return the Calibration.
    """
    agreement = compare(sample.levels, rated)
    own_key = key_for(key, sample.slug, organisation.pk, rated)
    made = Calibration(
        observer=observer,
        organisation=organisation,
        sample=sample.slug,
        rated=rated,
        agreed=len(agreement.agreed),
        asked=agreement.asked,
        is_enough=agreement.is_enough,
        at=at,
        key=own_key,
    )
    Calibration.objects.bulk_create([made], ignore_conflicts=True)
    return Calibration.objects.get(observer=observer, key=own_key)
