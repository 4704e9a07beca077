"""What was earned, as it was handed over; and what happened to it afterwards."""

from certificates.models.afterwards import (
    Erased,
    NameTurn,
    PauseReason,
    PauseTurn,
    Renewal,
    RenewalKind,
    Withdrawal,
    WithdrawalReason,
    reasons_for,
)
from certificates.models.certificates import Certificate, NeverDeleted, ReplacedBecause
from certificates.models.letterheads import OUR_COLOUR, Layout, Letterhead, Paper
from certificates.models.styles import CertificateStyle

__all__ = [
    "OUR_COLOUR",
    "Certificate",
    "CertificateStyle",
    "Erased",
    "Layout",
    "Letterhead",
    "NameTurn",
    "NeverDeleted",
    "Paper",
    "PauseReason",
    "PauseTurn",
    "Renewal",
    "RenewalKind",
    "ReplacedBecause",
    "Withdrawal",
    "WithdrawalReason",
    "reasons_for",
]
