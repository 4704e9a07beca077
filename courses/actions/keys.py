"""Keys that make a repeated write one write."""

import json
import uuid


def key_for(key, *content):
    """Return the key of this act: `key` from the page that sent it, together with what it says.

    The same page sent twice gives the same key. A page that was gone back to, changed and sent
    again gives another one, so what was written the second time is kept as well.
    """
    return uuid.uuid5(uuid.UUID(str(key)), json.dumps(content, sort_keys=True, default=str))
