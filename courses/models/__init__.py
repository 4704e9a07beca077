"""The records: everyone writes `from courses.models import Enrolment`."""

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
from courses.models.moves import CarriedLesson, CohortMove
from courses.models.pages import CatalogPage, CoursePage, LessonPage, SessionPage
from courses.models.people import LEADERS, Organisation, Role, RoleKind
from courses.models.progress import Attempt, LessonProgress, StepEvent
from courses.models.review import SecondReading, SignOff

__all__ = [
    "LEADERS",
    "ActionPlan",
    "ActionPlanReview",
    "Attempt",
    "Attendance",
    "AttendanceMark",
    "CarriedLesson",
    "CatalogPage",
    "Cohort",
    "CohortMove",
    "CoursePage",
    "Edition",
    "EditionPage",
    "Enrolment",
    "LessonPage",
    "LessonProgress",
    "MeetingWay",
    "Milestone",
    "MilestoneKind",
    "Organisation",
    "PlanOutcome",
    "Reflection",
    "Role",
    "RoleKind",
    "SecondReading",
    "SessionPage",
    "SessionRun",
    "SignOff",
    "StepEvent",
]
