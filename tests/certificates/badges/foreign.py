"""What three verifiers that know nothing of us say of badges. None of them reaches the network."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings
from openbadgeslib.ob3.contexts import bundled_contexts
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError

from tests.content.h5p import validator

HERE = Path(__file__).parent
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
SCHEMA_FILE = Path(settings.BASE_DIR) / ".venv" / "badge-schema.json"
NEEDED = ["@digitalcredentials/verifier-core", "@digitalbazaar/vc"]


def asked(cases, documents):
    """Return {case: [what verifier-core, Digital Bazaar's vc and openbadgeslib say of it]}.

    A case is {"badge": …, "documents": what stands elsewhere on the web for it}.
    """
    answers = _asked_of_node(cases, documents)
    return {
        name: [
            *answers[name]["said"],
            asked_of_python(case["badge"], documents | case["documents"]),
        ]
        for name, case in cases.items()
    }


def against_the_schema(cases, documents):
    """Return {case: what in it is not as the schema of Open Badges wants it}."""
    if not SCHEMA_FILE.is_file():
        _left_out("The schema of Open Badges is not here. To get it:  .ci/setup test")
    answers = _asked_of_node(cases, documents | {SCHEMA: json.loads(SCHEMA_FILE.read_text())})
    return {name: answer["schema"] for name, answer in answers.items()}


def _asked_of_node(cases, documents):
    if not all((Path(settings.NODE_MODULES) / name).is_dir() for name in NEEDED):
        _left_out("The verifiers are not here. To get them:  npm ci")
    # The contexts are those that another verifier brought, and not the ones that we sign by.
    web = {**bundled_contexts(), **documents}
    return validator.node(HERE / "verify.mjs", said=json.dumps({"documents": web, "cases": cases}))


def _left_out(why):
    pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)


def asked_of_python(badge, documents):
    """It does not look at the list's own signature: it reads only those of another kind there."""
    try:
        OB3LdpVerifier().verify(
            badge,
            check_status=True,
            verify_status_list=False,
            download=lambda address: json.dumps(documents[address]).encode(),
        )
    except OB3VerificationError as fault:
        if "Credential has expired" in str(fault):
            return "expired"
        return "withdrawn" if "'revocation' is set" in str(fault) else "refused"
    return "fine"
