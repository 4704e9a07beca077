"""A copied lesson shares no id with the one it was copied from."""

import json

from hypothesis import given
from hypothesis import strategies as st

from content.copying import ids_in, with_new_ids

items = st.deferred(lambda: st.lists(st.one_of(blocks, words), max_size=3))
words = st.dictionaries(st.sampled_from(["text", "best", "title"]), st.text(max_size=8))
blocks = st.builds(
    lambda id, value: {"type": "item", "id": str(id), "value": value}, st.uuids(), items
)


@given(st.lists(blocks, max_size=4))
def test_nothing_is_shared_and_everything_else_is_the_same(body):
    copied = with_new_ids(body)

    assert ids_in(copied) & ids_in(body) == set()
    assert len(ids_in(copied)) == len(ids_in(body))
    assert _without_ids(copied) == _without_ids(body)


def test_what_names_a_block_names_its_copy():
    body = [
        {"type": "a", "id": "1f3e", "value": {"go": "2b2b"}},
        {"type": "b", "id": "2b2b", "value": {"text": "2b2b and more"}},
    ]

    first, second = with_new_ids(body)

    assert first["value"]["go"] == second["id"]
    assert second["value"]["text"] == "2b2b and more"


def _without_ids(data):
    names = dict.fromkeys(ids_in(data), "id")
    return json.loads(json.dumps(data), object_hook=lambda d: _plain(d, names))


def _plain(found, names):
    return {k: names.get(v, v) if isinstance(v, str) else v for k, v in found.items()}
