import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates import multibase
from certificates.badges import contexts, keys, proofs

pytestmark = pytest.mark.skipif(not contexts.are_here(), reason="npm has brought no contexts")

AT = datetime(2026, 10, 6, 19, 42, tzinfo=UTC)
KEY = keys.new(at=AT)
METHOD = f"did:web:example.org#{KEY.public}"
DOCUMENT = {
    "@context": [contexts.CREDENTIALS, contexts.OPEN_BADGES],
    "id": "https://example.org/1",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Becoming a peer facilitator",
    "issuer": {"id": "did:web:example.org", "type": ["Profile"], "name": "Canal Street"},
    "credentialSubject": {"id": "https://example.org/1#holder", "type": ["AchievementSubject"]},
}


def signed(document=DOCUMENT):
    return proofs.sign(document, key=KEY, method=METHOD, at=AT)


def holds(document):
    """Whether the proof fits what the document says."""
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    (proof,) = document["proof"]
    terms = {name: value for name, value in proof.items() if name != "proofValue"}
    public = Ed25519PublicKey.from_public_bytes(
        multibase.read_multikey(multibase.PUBLIC, KEY.public)
    )
    try:
        public.verify(multibase.read_base58(proof["proofValue"]), proofs.digest(unsigned, terms))
    except InvalidSignature:
        return False
    return True


def test_a_proof_names_its_key_and_what_it_is_for():
    (proof,) = signed()["proof"]

    assert proof.pop("proofValue")[0] == "z"
    assert proof == {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-10-06T19:42:00Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
    }


def test_the_same_document_key_and_moment_give_the_same_proof():
    assert signed() == signed()


@settings(max_examples=20, deadline=None)
@given(st.permutations(sorted(DOCUMENT)))
def test_the_order_of_members_does_not_matter(order):
    assert signed({name: DOCUMENT[name] for name in order})["proof"] == signed()["proof"]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words, words)
def test_whatever_the_name_the_proof_holds_and_for_another_name_it_does_not(name, other):
    document = signed(DOCUMENT | {"name": name})

    assert holds(document)
    assert holds(document | {"name": other}) == (name == other)


@pytest.mark.parametrize(
    "amiss",
    [
        {"favouriteColour": "teal"},
        {"type": ["VerifiableCredential", "Nothing"]},
        {"issuer": "somebody"},
    ],
)
def test_a_word_that_says_nothing_is_not_signed(amiss):
    with pytest.raises(proofs.SaysNothing):
        signed(DOCUMENT | amiss)


def test_a_context_that_is_not_ours_is_not_fetched():
    with pytest.raises(contexts.NotHere, match="elsewhere"):
        contexts.load("https://example.org/elsewhere")


def test_many_may_sign_at_the_same_moment():
    names = [f"Person {number}" for number in range(300)]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # they take turns as often as they can
    try:
        with ThreadPoolExecutor(8) as threads:
            made = list(threads.map(lambda name: signed(DOCUMENT | {"name": name}), names))
    finally:
        sys.setswitchinterval(usual)

    assert [each["name"] for each in made] == names
    assert made[::30] == [signed(DOCUMENT | {"name": name}) for name in names[::30]]
