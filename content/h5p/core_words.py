"""What the player's core says itself, in the language that a package is in."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def core_words():
    """Return {what H5P's core calls a sentence: the sentence}, as its `H5PIntegration.l10n` wants.

    Only what can be seen here: nothing is downloaded, embedded or sent from inside a frame.
    """
    return {
        "fullscreen": _("Fill the screen"),
        "disableFullscreen": _("Leave the full screen"),
        "close": pgettext("button", "Close"),
        "contentChanged": _("This activity has changed since you were here last."),
        "startingOver": _("It begins again from the start."),
        "confirmDialogHeader": _("Are you sure?"),
        "confirmDialogBody": _("This cannot be taken back."),
        "cancelLabel": _("No, go back"),
        "confirmLabel": _("Yes"),
        "showMore": _("Show more"),
        "showLess": _("Show less"),
        "size": _("Size"),
        "width": _("Width"),
        "title": _("Title"),
        "author": _("Made by"),
        "year": _("Year"),
        "source": _("Where it is from"),
        "license": _("Licence"),
        "thumbnail": _("Small picture"),
        "by": _("by"),
        "contentType": _("Kind of activity"),
        "licenseExtras": _("More about the licence"),
        "changes": _("What was changed"),
        "copyrights": _("Who made this"),
        "copyrightInformation": _("Who made this, and how it may be used"),
        "copyrightsDescription": _("See who made this, and how it may be used."),
        "noCopyrights": _("It does not say who made this."),
        **_licences(),
    }


def _licences():
    return {
        "licenseU": _("Not said"),
        "licenseC": _("Copyright"),
        "licenseCCBY": _("Attribution (CC BY)"),
        "licenseCCBYSA": _("Attribution, share alike (CC BY-SA)"),
        "licenseCCBYND": _("Attribution, no changes (CC BY-ND)"),
        "licenseCCBYNC": _("Attribution, not for money (CC BY-NC)"),
        "licenseCCBYNCSA": _("Attribution, not for money, share alike (CC BY-NC-SA)"),
        "licenseCCBYNCND": _("Attribution, not for money, no changes (CC BY-NC-ND)"),
        "licenseCC40": "4.0 International",
        "licenseCC30": "3.0 Unported",
        "licenseCC25": "2.5 Generic",
        "licenseCC20": "2.0 Generic",
        "licenseCC10": "1.0 Generic",
        "licenseCC010": "CC0 1.0 Universal",
        "licenseGPL": "GNU General Public License",
        "licenseV1": "Version 1",
        "licenseV2": "Version 2",
        "licenseV3": "Version 3",
        "licensePD": _("Public domain"),
        "licensePDM": _("Public domain mark"),
    }
