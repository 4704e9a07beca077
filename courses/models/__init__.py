"""The records: everyone writes `from courses.models import Enrolment`."""

from courses.models.agreements import AgreementKind, GroupAgreement, Signature
from courses.models.answers import Comparison, Likeness, ScaleAnswer, ShortAnswer
from courses.models.checks import CheckAnswer, CheckRound
from courses.models.cohorts import (
    Attendance,
    AttendanceMark,
    Cohort,
    Enrolment,
    MeetingWay,
    Milestone,
    MilestoneKind,
    SessionRun,
)
from courses.models.editions import Edition, EditionFile, EditionPage
from courses.models.h5p import H5PHow, H5PState, H5PStatement
from courses.models.journal import (
    ActionPlan,
    ActionPlanReview,
    Checklist,
    PlanOutcome,
    Reflection,
)
from courses.models.moves import CarriedLesson, CohortMove
from courses.models.pages import (
    CatalogPage,
    CoursePage,
    ForWhom,
    HandoutPage,
    LessonPage,
    SessionPage,
)
from courses.models.people import LEADERS, Organisation, Role, RoleKind
from courses.models.progress import Attempt, LessonProgress, StepEvent
from courses.models.question_bank import QuestionBankPage
from courses.models.review import SecondReading, SignOff
from courses.models.scenarios import EndingKind, ScenarioMove, ScenarioRun
from courses.models.sharing import Audience, PlanSharing

__all__ = [
    "LEADERS",
    "ActionPlan",
    "ActionPlanReview",
    "AgreementKind",
    "Attempt",
    "Attendance",
    "AttendanceMark",
    "Audience",
    "CarriedLesson",
    "CatalogPage",
    "CheckAnswer",
    "CheckRound",
    "Checklist",
    "Cohort",
    "CohortMove",
    "Comparison",
    "CoursePage",
    "Edition",
    "EditionFile",
    "EditionPage",
    "EndingKind",
    "Enrolment",
    "ForWhom",
    "GroupAgreement",
    "H5PHow",
    "H5PState",
    "H5PStatement",
    "HandoutPage",
    "LessonPage",
    "LessonProgress",
    "Likeness",
    "MeetingWay",
    "Milestone",
    "MilestoneKind",
    "Organisation",
    "PlanOutcome",
    "PlanSharing",
    "QuestionBankPage",
    "Reflection",
    "Role",
    "RoleKind",
    "ScaleAnswer",
    "ScenarioMove",
    "ScenarioRun",
    "SecondReading",
    "SessionPage",
    "SessionRun",
    "ShortAnswer",
    "SignOff",
    "Signature",
    "StepEvent",
]
