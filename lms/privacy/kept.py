"""Everything that is kept, model by model: whom it is about, and what becomes of it.

The one table from which a person's takeaway, their erasure and the charity's record of what it
keeps are made. Nothing but data: `rows` asks which apps are installed and nothing else. A test
says so when a model, a column with words or a person is not in it.
"""

from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.utils.translation import gettext_lazy as _

GONE = "–"  # stands where the database asks for words, and there are none any more


@dataclass(frozen=True)
class Kept:
    """What is kept in one table, and what erasing a person does to it.

    `of`: paths to the person that a row is about. `address`: a column that makes it theirs, too.
    `under`: the table that knows under which codes their rows lie; it comes after this one.
    `by`: people who did something in it, by what to call them; they stay, and have no name any
    more. `let_go`: people who are taken out of it. `goes`: the row goes with the person. `blank`:
    what its columns become. `stays`: other columns with words in them. `untaken`: never taken
    along. `only`: which of a person's rows they may take along. `why`: what it is for.
    """

    model: str
    what: object = ""
    of: tuple = ()
    address: str = ""
    under: str = ""
    by: dict = field(default_factory=dict)
    let_go: tuple = ()
    goes: bool = False
    blank: dict = field(default_factory=dict)
    stays: tuple = ()
    untaken: tuple = ()
    only: dict = field(default_factory=dict)
    why: object = ""
    handled: str = ""  # the module that does what columns cannot say

    @property
    def is_about_people(self):
        return bool(self.of or self.address or self.under)


def _kept(model, what="", *, of="", by=None, let_go="", stays="", untaken="", **more):
    return Kept(
        model,
        what,
        of=tuple(of.split()),
        by=by or {},
        let_go=tuple(let_go.split()),
        stays=tuple(stays.split()),
        untaken=tuple(untaken.split()),
        **more,
    )


MINE = "enrolment__trainee"
ORGANISER, FACILITATOR = _("an organiser"), _("a facilitator")
OBSERVER, MENTOR = _("an observer"), _("a mentor")
COLLEAGUE = _("somebody who runs the course")

IDENTITY = _("To know who signs in, and to write to them.")
LEARNING = _("To take the course. That it was done stays as a figure without a name.")
OWN_WORDS = _("For the person alone, and for those they share it with.")
COUNTED = _("To run the course, and to say what was earned. The figures stay without a name.")
RUNNING = _("To run the course. It tells who did something, and after erasure only that it was.")
COURSE = _("The words of a course, given under its licence. They are nobody's personal record.")
SITE = _("To run the site. It holds nothing about a person.")

PEOPLE = [
    _kept(
        "lms.User",
        _("Who you are"),
        of="pk",
        blank={"name": "", "certificate_name": "", "email": None, "language": "", "password": "!"},
        untaken="password is_superuser is_staff is_active",
        why=IDENTITY,
        handled="lms.actions.erasing",
    ),
    _kept("lms.User_groups", of="user", goes=True, why=IDENTITY),
    _kept("lms.User_user_permissions", of="user", goes=True, why=IDENTITY),
    _kept(
        "lms.SignInCard",
        _("Cards to sign in with"),
        of="person",
        let_go="made_by",
        goes=True,
        untaken="code_hash",
        why=IDENTITY,
    ),
    _kept(
        "lms.Erasure",
        _("Asking to be forgotten"),
        of="person",
        by={"asked_by": ORGANISER},
        blank={"why": ""},
        why=_("To do what was asked, and to do it again after a restore."),
    ),
    _kept(
        "lms.Device",
        _("Where you are signed in"),
        of="person",
        goes=True,
        untaken="session_key",
        why=_("So that people see where they are signed in, and can end it."),
    ),
    _kept(
        "lms.SecondStepReset",
        _("Taking your second step away, when you had lost it"),
        of="person",
        let_go="by",
        goes=True,
        why=IDENTITY,
    ),
    _kept("account.EmailAddress", _("Your addresses"), of="user", goes=True, why=IDENTITY),
    _kept(
        "account.EmailConfirmation",
        of="email_address__user",
        goes=True,
        untaken="key",
        why=IDENTITY,
    ),
    _kept(
        "mfa.Authenticator",
        _("Second steps to sign in"),
        of="user",
        goes=True,
        untaken="data",
        why=IDENTITY,
    ),
    _kept(
        "sessions.Session",
        stays="session_key session_data",
        why=_("To stay signed in for 60 days, and to keep what was written while signed out."),
        handled="lms.actions.erasing",
    ),
    _kept(
        "courses.CalendarAddress",
        _("Your private calendar address"),
        of="person",
        goes=True,
        why=_("To show sessions in a calendar."),
    ),
    _kept(
        "courses.ReminderChoice",
        _("Which reminders you want"),
        of="person",
        goes=True,
        why=_("To send only what is wanted."),
    ),
    _kept(
        "courses.Message",
        _("Messages to you"),
        of="person",
        address="address",
        by={"by": ORGANISER, "again_by": ORGANISER, "let_be_by": ORGANISER},
        goes=True,
        stays="key from_name reply_to language subject text",
        why=_("To tell people. The words are taken out after 30 days."),
        handled="lms.actions.erasing_words",
    ),
    _kept(
        "courses.Look",
        _("Who looked at what is kept about you"),
        of="person",
        by={"by": COLLEAGUE},
        why=_("So that people can see who looked at what is about them."),
    ),
]

JOINING = [
    _kept(
        "courses.Enrolment",
        _("Courses you take"),
        of="trainee",
        by={"mentor": MENTOR},
        why=COUNTED,
    ),
    _kept(
        "courses.Invitation",
        _("Invitations"),
        of="person enrolment__trainee",
        address="email",
        by={"by": ORGANISER},
        blank={"name": GONE, "email": ""},
        stays="token",
        untaken="token",
        why=_("To ask people into a group."),
    ),
    _kept(
        "courses.WaitingPlace",
        _("Waiting for a place"),
        of="person",
        goes=True,
        why=_("To let people in, in turn."),
    ),
    _kept(
        "courses.Role",
        _("What you do here"),
        of="person",
        by={"given_by": ORGANISER, "ended_by": ORGANISER},
        why=RUNNING,
        handled="lms.actions.erasing",
    ),
]

LEARNED = [
    _kept("courses.StepEvent", _("Steps you finished"), of=MINE, why=LEARNING),
    _kept("courses.LessonProgress", _("Lessons"), of=MINE, stays="steps", why=LEARNING),
    _kept("courses.CarriedLesson", _("Lessons finished before a move"), of=MINE, why=LEARNING),
    _kept(
        "courses.Attempt",
        _("Answers to questions in lessons"),
        of=MINE,
        blank={"answers": []},
        why=LEARNING,
    ),
    _kept("courses.CheckRound", _("Course checks"), of=MINE, stays="questions", why=LEARNING),
    _kept(
        "courses.CheckAnswer",
        _("Answers in course checks"),
        of="round__enrolment__trainee",
        blank={"answers": []},
        why=LEARNING,
    ),
    _kept(
        "courses.ScaleAnswer",
        _("How sure you felt"),
        of=MINE,
        stays="numbers",
        why=_("For the person, and counted in groups of five or more. Numbers only."),
    ),
    _kept(
        "courses.ShortAnswer",
        _("Answers in your own words"),
        of=MINE,
        blank={"text": ""},
        stays="question",
        why=OWN_WORDS,
    ),
    _kept(
        "courses.Comparison",
        _("How you found your answers"),
        of="short_answer__enrolment__trainee",
        why=OWN_WORDS,
    ),
    _kept(
        "courses.Reflection",
        _("Reflections"),
        of=MINE,
        blank={"text": ""},
        stays="prompt",
        why=OWN_WORDS,
    ),
    _kept(
        "courses.ActionPlan",
        _("Action plans"),
        of=MINE,
        blank=dict.fromkeys(["what", "how_much", "when", "how_often"], ""),
        why=OWN_WORDS,
    ),
    _kept(
        "courses.ActionPlanReview",
        _("How plans went"),
        of="plan__enrolment__trainee",
        blank={"note": ""},
        why=OWN_WORDS,
    ),
    _kept(
        "courses.PlanSharing",
        _("Plans you shared"),
        of="plan__enrolment__trainee",
        by={"mentor": MENTOR},
        why=OWN_WORDS,
    ),
    _kept(
        "courses.Checklist",
        _("Lists you ticked"),
        of=MINE,
        blank={"items": []},
        stays="prompt",
        why=OWN_WORDS,
    ),
    _kept("courses.ScenarioRun", _("Talks you played"), of=MINE, why=LEARNING),
    _kept(
        "courses.ScenarioMove",
        _("What you chose in talks"),
        of="run__enrolment__trainee",
        why=LEARNING,
    ),
    _kept(
        "courses.H5PStatement",
        _("Activities you did"),
        of=MINE,
        blank={"statement": {}},
        stays="verb",
        why=LEARNING,
    ),
    _kept(
        "courses.H5PState",
        _("Where you are in activities"),
        of=MINE,
        goes=True,
        why=_("To carry on where somebody stopped."),
    ),
    _kept(
        "courses.Signature",
        _("Agreements you signed"),
        of=MINE,
        blank={"name": ""},
        stays="title words fingerprint",
        why=_("To know what was agreed. That it was signed stays, without the name."),
    ),
    _kept(
        "courses.FeedbackGiven",
        _("That you said how a session was"),
        of=MINE,
        why=_("So that each says it once. What was said is kept apart, without a name."),
    ),
]

# What people say of themselves: what helps them, who takes part, what a course changed.
SAID_OF_THEMSELVES = [
    _kept(
        "courses.AccessNeeds",
        _("What helps you take part"),
        of=MINE,
        by={"mentor": MENTOR},
        goes=True,
        why=_("So that those whom the person chose can arrange it."),
    ),
    _kept("courses.AccessNeedsChange", _("That you changed what helps"), of=MINE, why=OWN_WORDS),
    _kept(
        "courses.AboutYouAnswers",
        _("What you said about yourself"),
        under="courses.AboutYouCode",
        goes=True,
        untaken="code",
        why=_("For figures about five people or more. It lies under a code, not under a name."),
    ),
    _kept(
        "courses.AboutYouCode",
        of=MINE,
        goes=True,
        untaken="code",
        why=_("The code under which it lies."),
    ),
    _kept(
        "courses.AboutYouConsent",
        _("That you agreed to say something about yourself"),
        of=MINE,
        stays="version",
        why=_("To know what was agreed to, and when it was taken back."),
    ),
    _kept(
        "courses.MeasureAnswer",
        _("What you answered before and after a course"),
        of=MINE,
        stays="numbers",
        why=_("For the person, and counted in groups of five or more. Numbers only."),
    ),
]

TOLD_OF_THEM = [
    _kept(
        "courses.Attendance",
        _("Which sessions you came to"),
        of=MINE,
        by={"marked_by": FACILITATOR},
        blank={"reason": ""},
        why=COUNTED,
    ),
    _kept("courses.Milestone", _("What you reached"), of=MINE, stays="evidence", why=COUNTED),
    _kept(
        "courses.MilestoneLook",
        _("Looking again at what you reached"),
        of="milestone__enrolment__trainee",
        by={"by": ORGANISER},
        blank={"note": GONE},
        stays="kinds",
        why=COUNTED,
    ),
    _kept(
        "courses.Waiver",
        _("What was agreed otherwise with you"),
        of=MINE,
        by={"by": ORGANISER, "taken_back_by": ORGANISER},
        blank={"reason": GONE, "instead": ""},
        stays="kind",
        why=COUNTED,
    ),
    _kept(
        "courses.ReadySignOff",
        _("Being signed off as ready"),
        of=MINE,
        by={"by": ORGANISER},
        why=COUNTED,
    ),
    _kept(
        "courses.Practice",
        _("Practices"),
        of=MINE,
        by={"booked_by": COLLEAGUE},
        blank={"activity": ""},
        why=COUNTED,
    ),
    _kept(
        "courses.SelfReview",
        _("How you found your practices"),
        of="practice__enrolment__trainee",
        blank={"went_well": "", "next_time": ""},
        why=OWN_WORDS,
    ),
    _kept(
        "courses.Observation",
        _("What observers said of your practices"),
        of="practice__enrolment__trainee",
        by={"observer": OBSERVER},
        blank={"next_step": "", "correction_reason": GONE},
        only={"practice__self_review__isnull": False},
        why=COUNTED,
    ),
    _kept(
        "courses.Rating",
        _("What observers saw in your practices"),
        of="observation__practice__enrolment__trainee",
        blank={"evidence": GONE},
        stays="criterion",
        only={"observation__practice__self_review__isnull": False},
        why=COUNTED,
    ),
    _kept(
        "courses.PracticeTalk",
        _("Talks after a practice"),
        of=MINE,
        by={"held_by": ORGANISER},
        why=COUNTED,
    ),
    _kept(
        "courses.SupportContact",
        _("Calls to you when you led a group"),
        of=MINE,
        by={"by": COLLEAGUE},
        why=COUNTED,
    ),
    _kept(
        "courses.Change",
        _("What was changed about you, and by whom"),
        of="person",
        by={"by": COLLEAGUE},
        stays="column before after",
        why=_("So that no change is without somebody who made it. No words are in it."),
    ),
    _kept(
        "courses.Calibration",
        _("Samples you rated as an observer"),
        of="observer",
        stays="sample rated",
        why=_("To know that observers see alike."),
    ),
    _kept(
        "certificates.Certificate",
        _("Certificates"),
        of="holder",
        by={"issued_by": ORGANISER},
        stays="replaced_note serial name course_title organisation_name done competencies language"
        " design pdf pdf_sha256",
        untaken="pdf",
        why=_(
            "So that it can be checked. Without the name only the number stays, unless the person "
            "keeps their name on it."
        ),
        handled="certificates.actions.erasing",
    ),
    _kept(
        "certificates.Withdrawal",
        _("Certificates that were withdrawn"),
        of="certificate__holder",
        by={"withdrawn_by": ORGANISER},
        stays="note",
        why=COUNTED,
        handled="certificates.actions.erasing",
    ),
    _kept(
        "certificates.Renewal",
        _("Certificates that were renewed"),
        of="milestone__enrolment__trainee",
        by={"by": COLLEAGUE},
        stays="note",
        why=COUNTED,
        handled="certificates.actions.erasing",
    ),
    _kept(
        "certificates.PauseTurn",
        _("Pauses"),
        of="milestone__enrolment__trainee",
        by={"by": COLLEAGUE},
        why=COUNTED,
        handled="certificates.actions.erasing",
    ),
    _kept(
        "certificates.NameTurn",
        _("Whether your name is shown to those who check"),
        of="milestone__enrolment__trainee",
        why=COUNTED,
    ),
    _kept(
        "certificates.Erased",
        _("That your name was taken out"),
        of="certificate__holder",
        why=COUNTED,
    ),
]

# What people did for a group, and what a group has together.
DONE_FOR_OTHERS = [
    _kept(
        "courses.GroupAgreement",
        by={"made_by": FACILITATOR},
        stays="lines",
        why=_("What a whole group agreed on."),
    ),
    _kept(
        "courses.Cohort", by={"started_by": ORGANISER}, stays="name place join_code", why=RUNNING
    ),
    _kept(
        "courses.SessionRun",
        by={"facilitator": FACILITATOR, "co_facilitator": FACILITATOR},
        stays="title one_facilitator_reason place",
        why=RUNNING,
    ),
    _kept("courses.SessionChange", by={"by": ORGANISER}, stays="before after reason", why=RUNNING),
    _kept("courses.ActivityMark", by={"by": FACILITATOR}, stays="title reason", why=RUNNING),
    _kept("courses.FidelityCheck", by={"by": OBSERVER}, stays="answers note", why=RUNNING),
    _kept("courses.GroupFeedback", why=_("How a session was, without saying who said it.")),
    _kept(
        "courses.DeliveredGroup",
        by={"facilitator": FACILITATOR, "co_facilitator": FACILITATOR, "by": ORGANISER},
        stays="label",
        why=RUNNING,
    ),
    _kept("courses.DeliveredEnd", by={"by": COLLEAGUE}, why=RUNNING),
    _kept(
        "courses.DeliveredSession",
        by={"facilitator": FACILITATOR, "co_facilitator": FACILITATOR, "by": COLLEAGUE},
        why=RUNNING,
    ),
    _kept("courses.DeliveredFidelity", by={"by": OBSERVER}, why=RUNNING),
    _kept(
        "courses.PracticeSlot",
        by={"observer": OBSERVER, "by": ORGANISER},
        stays="place",
        why=RUNNING,
    ),
    _kept(
        "courses.Instrument",
        by={"responsible": ORGANISER},
        stays="code title version language lead questions lower_is_better lowest_words"
        " highest_words source licence_reference",
        why=_("The questions that are asked before and after, and by what right."),
    ),
    _kept(
        "courses.MeasureTotal",
        by={"by": ORGANISER},
        stays="title licence_reference",
        why=_("What an organisation measured itself: totals of five people or more."),
    ),
    _kept("courses.CohortMove", by={"by": ORGANISER}, why=RUNNING),
    _kept(
        "courses.Edition",
        by={"made_by": COLLEAGUE},
        stays="title language requirements ready_requirements done contents",
        why=COURSE,
    ),
    _kept(
        "courses.SignOff",
        by={"by": COLLEAGUE},
        stays="needed name words",
        why=_("Who said that a lesson may be published."),
        handled="lms.actions.erasing_words",
    ),
    _kept("content.H5PPackage", let_go="made_by", stays="title", why=COURSE),
    _kept(
        "content.H5PVersion",
        let_go="made_by",
        stays="metadata content folder files notes",
        why=COURSE,
    ),
    _kept(
        "content.Picture",
        let_go="uploaded_by_user",
        stays="title description file_hash file",
        why=COURSE,
    ),
    _kept(
        "content.CourseDocument",
        let_go="uploaded_by_user",
        stays="title file_hash file",
        why=COURSE,
    ),
]

# The editor's desk.
WRITTEN_IN_THE_CMS = [
    _kept(
        "wagtailusers.UserProfile",
        _("How the editor looks to you"),
        of="user",
        goes=True,
        why=IDENTITY,
        handled="lms.actions.erasing_desk",
    ),
    _kept("wagtailadmin.EditingSession", of="user", goes=True, stays="object_id", why=RUNNING),
    _kept(
        "wagtailadmin.FormState",
        _("What you were writing in the editor"),
        of="user",
        goes=True,
        stays="object_id parent_object_id",
        why=_("To carry on after a break."),
    ),
    _kept("wagtailcore.APIToken", of="user", goes=True, untaken="key_hash prefix", why=IDENTITY),
    _kept(
        "wagtailcore.UploadedFile",
        of="uploaded_by_user",
        goes=True,
        untaken="file",
        why=_("Files on their way into the editor."),
        handled="lms.actions.erasing_desk",
    ),
    _kept(
        "wagtailcore.Comment",
        _("Comments on drafts"),
        of="user",
        let_go="resolved_by",
        goes=True,
        stays="contentpath position",
        why=_("To talk about a draft."),
        handled="lms.actions.erasing_desk",
    ),
    _kept("wagtailcore.CommentReply", _("Replies to comments"), of="user", goes=True, why=COURSE),
    _kept("wagtailcore.PageSubscription", of="user", goes=True, why=RUNNING),
    _kept(
        "wagtailcore.Revision",
        let_go="user",
        stays="object_id object_str content",
        why=COURSE,
        handled="lms.actions.erasing_desk",
    ),
    _kept(
        "wagtailcore.ModelLogEntry",
        let_go="user",
        stays="label action data object_id",
        why=RUNNING,
        handled="lms.actions.erasing_desk",
    ),
    _kept(
        "wagtailcore.PageLogEntry",
        let_go="user",
        stays="label action data",
        why=RUNNING,
        handled="lms.actions.erasing_desk",
    ),
    _kept("wagtailcore.WorkflowState", let_go="requested_by", stays="object_id", why=RUNNING),
    _kept(
        "wagtailcore.TaskState",
        let_go="finished_by",
        stays="comment",
        why=RUNNING,
        handled="lms.actions.erasing_desk",
    ),
    _kept(
        "wagtailcore.Page",
        let_go="locked_by owner",
        stays="path title draft_title slug url_path seo_title search_description",
        why=COURSE,
    ),
    _kept(
        "wagtail_localize.StringTranslation",
        let_go="last_translated_by",
        stays="data tool_name field_error",
        why=COURSE,
    ),
    _kept(
        "wagtail_localize.SegmentOverride",
        let_go="last_translated_by",
        stays="data_json field_error",
        why=COURSE,
    ),
    _kept(
        "wagtaildocs.Document",
        let_go="uploaded_by_user",
        stays="title file file_hash",
        why=_("Wagtail's own; ours is CourseDocument."),
    ),
    _kept(
        "wagtailimages.Image",
        let_go="uploaded_by_user",
        stays="title file description file_hash",
        why=_("Wagtail's own; ours is Picture."),
    ),
    _kept(
        "modelsearch.IndexEntry",
        stays="object_id autocomplete title body",
        why=_("To find pages by their words."),
        handled="lms.actions.erasing_desk",
    ),
]

# What nobody's name is in: {table: columns with words}.
ABOUT_NOBODY = {
    "certificates.CertificateStyle": "colour opening closing",
    "courses.ClosedDays": "name",
    "courses.EditionPage": "",
    "courses.EditionFile": "",
    "courses.Job": "name period",
    "courses.Instrument_cohorts": "",
    # Tasks are told numbers of rows, and nothing else; what went wrong names no values.
    "django_tasks_database.DBTaskResult": "status task_path queue_name backend_name args_kwargs"
    " worker_ids return_value exception_class_path traceback",
    "courses.SecondReading": "",
    "courses.CatalogPage": "lead body",
    "courses.CoursePage": "summary introduction licence",
    "courses.SessionPage": "summary",
    "courses.LessonPage": "summary sign_off_needed",
    "courses.HandoutPage": "summary",
    "courses.QuestionBankPage": "",
    "content.Rendition": "filter_spec file focal_point_key",
    "content.H5PLibrary": "machine_name sha256 metadata semantics files",
    "content.H5PVersionLibrary": "",
    "content.InfoPage": "body",
    "wagtail_localize.TranslatableObject": "",
    "wagtail_localize.TranslationSource": "object_repr content_json schema_version",
    "wagtail_localize.Translation": "",
    "wagtail_localize.TranslationLog": "",
    "wagtail_localize.String": "data",
    "wagtail_localize.TranslationContext": "path field_path",
    "wagtail_localize.Template": "template template_format",
    "wagtail_localize.StringSegment": "attrs",
    "wagtail_localize.TemplateSegment": "",
    "wagtail_localize.RelatedObjectSegment": "",
    "wagtail_localize.OverridableSegment": "data_json",
    "wagtail_localize.LocaleSynchronization": "",
    "wagtailimages.Rendition": "filter_spec file focal_point_key",
    "wagtailadmin.Admin": "",
    "wagtailcore.Locale": "language_code",
    "wagtailcore.Site": "hostname site_name",
    "wagtailcore.GroupSitePermission": "",
    "wagtailcore.CollectionViewRestriction_groups": "",
    "wagtailcore.CollectionViewRestriction": "password",
    "wagtailcore.Collection": "path name",
    "wagtailcore.GroupCollectionPermission": "",
    "wagtailcore.WorkflowContentType": "",
    "wagtailcore.Workflow": "name",
    "wagtailcore.WorkflowTask": "",
    "wagtailcore.Task": "name",
    "wagtailcore.GroupApprovalTask_groups": "",
    "wagtailcore.GroupApprovalTask": "",
    "wagtailcore.GroupPagePermission": "",
    "wagtailcore.PageViewRestriction_groups": "",
    "wagtailcore.PageViewRestriction": "password",
    "wagtailcore.WorkflowPage": "",
    "wagtailcore.ReferenceIndex": "object_id to_object_id model_path content_path",
    "modelsearch.SQLiteFTSIndexEntry": "autocomplete title body",
    "taggit.Tag": "name slug",
    "taggit.TaggedItem": "",
    "auth.Permission": "name codename",
    "auth.Group_permissions": "",
    "auth.Group": "name",
    "contenttypes.ContentType": "app_label model",
}
OF_AN_ORGANISATION = [
    _kept(
        "courses.Organisation",
        stays="name emergency_number named_person named_person_phone named_person_email other_help"
        " holidays_of",
        why=_("Whom people turn to. Its organisers change that when somebody leaves."),
    ),
    _kept(
        "certificates.Letterhead",
        stays="colour logo logo_type language opening closing signatories fingerprint",
        why=_("What was printed. Who signed for the organisation stays printed."),
    ),
]

TABLE = [
    *PEOPLE,
    *JOINING,
    *LEARNED,
    *SAID_OF_THEMSELVES,
    *TOLD_OF_THEM,
    *DONE_FOR_OTHERS,
    *WRITTEN_IN_THE_CMS,
    *OF_AN_ORGANISATION,
    *(_kept(model, stays=stays, why=SITE) for model, stays in ABOUT_NOBODY.items()),
]


@cache
def rows():
    """Return the rows of those tables that there are here: not every app is on every site, and
    each database finds words in its own way."""
    there = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    return [row for row in TABLE if row.model in there]
