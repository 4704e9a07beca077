"""The records: everyone writes `from courses.models import Enrolment`."""

from courses.models.about_you import AboutYouAnswers, AboutYouCode, AboutYouConsent
from courses.models.agreements import AgreementKind, GroupAgreement, Signature
from courses.models.answers import Comparison, Likeness, ScaleAnswer, ShortAnswer
from courses.models.calendars import CalendarAddress
from courses.models.checks import CheckAnswer, CheckRound
from courses.models.cohorts import Cohort, Enrolment, MeetingWay
from courses.models.delivered import (
    Alone,
    DeliveredEnd,
    DeliveredFidelity,
    DeliveredGroup,
    DeliveredSession,
)
from courses.models.editions import Edition, EditionFile, EditionPage
from courses.models.fidelity import FeedbackGiven, FidelityCheck, FilledInBy, GroupFeedback
from courses.models.h5p import H5PHow, H5PState, H5PStatement
from courses.models.invitations import Invitation, WaitingPlace
from courses.models.jobs import Job
from courses.models.journal import (
    ActionPlan,
    ActionPlanReview,
    Checklist,
    PlanOutcome,
    Reflection,
)
from courses.models.looks import Look, Looked, LookRole
from courses.models.measures import (
    Instrument,
    LicenceStatus,
    MeasureAnswer,
    MeasureTotal,
    Moment,
    Scoring,
)
from courses.models.messages import (
    INTERRUPTED_AFTER,
    REMINDERS,
    Message,
    MessageKind,
    Problem,
    ReminderChoice,
)
from courses.models.milestones import Milestone, MilestoneKind, MilestoneLook, ReadySignOff, Waiver
from courses.models.moves import CarriedLesson, CohortMove
from courses.models.needs import AccessNeeds, AccessNeedsChange, Need
from courses.models.pages import (
    CatalogPage,
    CoursePage,
    ForWhom,
    HandoutPage,
    LessonPage,
    SessionPage,
)
from courses.models.people import LEADERS, ClosedDays, Organisation, Role, RoleKind
from courses.models.practice import (
    Calibration,
    Observation,
    Outcome,
    Practice,
    PracticeNumber,
    PracticeSlot,
    PracticeTalk,
    Rating,
    SelfReview,
    TalkReason,
)
from courses.models.progress import Attempt, LessonProgress, StepEvent
from courses.models.question_bank import QuestionBankPage
from courses.models.review import SecondReading, SignOff
from courses.models.scenarios import EndingKind, ScenarioMove, ScenarioRun
from courses.models.sessions import (
    COUNTS_AS_ATTENDED,
    ActivityHow,
    ActivityMark,
    Attendance,
    AttendanceMark,
    SessionChange,
    SessionChangeKind,
    SessionRun,
)
from courses.models.sharing import Audience, PlanSharing
from courses.models.support import CameOfIt, ContactWay, SupportContact
from courses.models.trail import Change, Changed, Why

__all__ = [
    "COUNTS_AS_ATTENDED",
    "INTERRUPTED_AFTER",
    "LEADERS",
    "REMINDERS",
    "AboutYouAnswers",
    "AboutYouCode",
    "AboutYouConsent",
    "AccessNeeds",
    "AccessNeedsChange",
    "ActionPlan",
    "ActionPlanReview",
    "ActivityHow",
    "ActivityMark",
    "AgreementKind",
    "Alone",
    "Attempt",
    "Attendance",
    "AttendanceMark",
    "Audience",
    "CalendarAddress",
    "Calibration",
    "CameOfIt",
    "CarriedLesson",
    "CatalogPage",
    "Change",
    "Changed",
    "CheckAnswer",
    "CheckRound",
    "Checklist",
    "ClosedDays",
    "Cohort",
    "CohortMove",
    "Comparison",
    "ContactWay",
    "CoursePage",
    "DeliveredEnd",
    "DeliveredFidelity",
    "DeliveredGroup",
    "DeliveredSession",
    "Edition",
    "EditionFile",
    "EditionPage",
    "EndingKind",
    "Enrolment",
    "FeedbackGiven",
    "FidelityCheck",
    "FilledInBy",
    "ForWhom",
    "GroupAgreement",
    "GroupFeedback",
    "H5PHow",
    "H5PState",
    "H5PStatement",
    "HandoutPage",
    "Instrument",
    "Invitation",
    "Job",
    "LessonPage",
    "LessonProgress",
    "LicenceStatus",
    "Likeness",
    "Look",
    "LookRole",
    "Looked",
    "MeasureAnswer",
    "MeasureTotal",
    "MeetingWay",
    "Message",
    "MessageKind",
    "Milestone",
    "MilestoneKind",
    "MilestoneLook",
    "Moment",
    "Need",
    "Observation",
    "Organisation",
    "Outcome",
    "PlanOutcome",
    "PlanSharing",
    "Practice",
    "PracticeNumber",
    "PracticeSlot",
    "PracticeTalk",
    "Problem",
    "QuestionBankPage",
    "Rating",
    "ReadySignOff",
    "Reflection",
    "ReminderChoice",
    "Role",
    "RoleKind",
    "ScaleAnswer",
    "ScenarioMove",
    "ScenarioRun",
    "Scoring",
    "SecondReading",
    "SelfReview",
    "SessionChange",
    "SessionChangeKind",
    "SessionPage",
    "SessionRun",
    "ShortAnswer",
    "SignOff",
    "Signature",
    "StepEvent",
    "SupportContact",
    "TalkReason",
    "WaitingPlace",
    "Waiver",
    "Why",
]
