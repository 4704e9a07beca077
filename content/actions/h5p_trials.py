"""Looking at an activity while it is written: kept apart, and gone after a day."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from content.actions.h5p import keep_version
from content.actions.h5p_packages import delete
from content.models import H5PPackage

KEPT_FOR = timedelta(days=1)


@transaction.atomic
def try_out(*, by, at, **made):
    """Keep what somebody has written so far, for them to look at. Return its H5PVersion.

    `made` is what `keep_version` takes. It is in no list, and takes the place of the last one
    that the same person looked at. Raises NotAPackage.
    """
    version = keep_version(package=None, by=by, at=at, **made)
    trials = H5PPackage.trials_too.filter(is_trial=True)
    old = trials.filter(Q(made_by=by) | Q(made_at__lt=at - KEPT_FOR))
    for package in list(old):
        delete(package=package)
    H5PPackage.trials_too.filter(pk=version.package_id).update(is_trial=True)
    return version
