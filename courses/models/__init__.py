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
from courses.models.editions import Edition, EditionFile, EditionPage
from courses.models.journal import ActionPlan, ActionPlanReview, PlanOutcome, Reflection
from courses.models.pages import CatalogPage, CoursePage, LessonPage, SessionPage
from courses.models.people import LEADERS, Organisation, Role, RoleKind
from courses.models.progress import Attempt, LessonProgress, StepEvent

__all__ = [
    "LEADERS",
    "ActionPlan",
    "ActionPlanReview",
    "Attempt",
    "Attendance",
    "AttendanceMark",
    "CatalogPage",
    "Cohort",
    "CoursePage",
    "Edition",
    "EditionFile",
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
    "SessionPage",
    "SessionRun",
    "StepEvent",
]
