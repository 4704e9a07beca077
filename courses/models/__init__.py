"""The records: everyone writes `from courses.models import Enrolment`."""

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
from courses.models.editions import Edition, EditionPage
from courses.models.journal import ActionPlan, ActionPlanReview, PlanOutcome, Reflection
from courses.models.pages import CatalogPage, CoursePage, LessonPage, SessionPage
from courses.models.people import LEADERS, Organisation, Role, RoleKind
from courses.models.progress import Attempt, LessonProgress, StepEvent
from courses.models.question_bank import QuestionBankPage

__all__ = [
    "LEADERS",
    "ActionPlan",
    "ActionPlanReview",
    "Attempt",
    "Attendance",
    "AttendanceMark",
    "CatalogPage",
    "CheckAnswer",
    "CheckRound",
    "Cohort",
    "Comparison",
    "CoursePage",
    "Edition",
    "EditionPage",
    "Enrolment",
    "LessonPage",
    "LessonProgress",
    "Likeness",
    "MeetingWay",
    "Milestone",
    "MilestoneKind",
    "Organisation",
    "PlanOutcome",
    "QuestionBankPage",
    "Reflection",
    "Role",
    "RoleKind",
    "ScaleAnswer",
    "SessionPage",
    "SessionRun",
    "ShortAnswer",
    "StepEvent",
]
