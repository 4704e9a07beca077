"""What is kept about people, what for and for how long: the table as a page for a charity."""

from django.apps import apps

from lms.privacy.kept import rows

HEAD = """\
# What is kept about people

Printed by `manage.py what_is_kept` from the one table that erasing and “Everything about me” go by
(`lms/privacy/kept.py`). It is not written by hand: change the table, and print this page again.
It is a beginning for your record of processing. Who answers for the data, on what ground you
process it, and who else gets it, only your organisation can say.

How long: until the person asks to be forgotten (14 days later; `ERASE_AFTER_DAYS`), or until they
have not been here for as many months as the organisation's settings say (36), after two mails.
A name on a certificate stays for as many years as the settings say (6), where people do not come
back; where they ask, they choose. Texts of messages go after 30 days. Sessions end after 60 days.
No diagnosis is asked for anywhere, and no request goes to anybody else's server.

"""


def as_markdown():
    """Return the page."""
    about = [row for row in rows() if row.is_about_people]
    others = [row for row in rows() if not row.is_about_people and (row.by or row.let_go)]
    kept = [row for row in rows() if row not in about and row not in others]
    named = [row for row in kept if row.handled or row.model.startswith(("courses.Org", "cert"))]
    return "".join(
        [
            HEAD,
            "## About a person\n\n",
            _table(about),
            "\n## What people did for others, and wrote for courses\n\n",
            _table(others),
            "\n## What may name somebody\n\n",
            _table(named),
        ]
    )


def _table(found):
    lines = ["| What | What for | When somebody is forgotten |", "|---|---|---|"]
    lines += [f"| {_name(row)} | {row.why} | {_fate(row)} |" for row in found]
    return "\n".join(lines) + "\n"


def _name(row):
    name = str(row.what) or str(apps.get_model(row.model)._meta.verbose_name).capitalize()
    return f"{name} (`{row.model}`)"


def _fate(row):
    """Say in words what the columns of the table say."""
    said = []
    if row.goes:
        said.append("goes")
    if row.blank:
        said.append(f"emptied: {', '.join(row.blank)}")
    if row.let_go:
        said.append(f"points at nobody: {', '.join(row.let_go)}")
    if row.by:
        said.append("whoever did it has no name any more")
    if row.handled:
        said.append(f"see `{row.handled}`")
    return "; ".join(said) or "stays, without a name"
