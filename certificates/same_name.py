"""Whether two people typed the same name: letters count, and how they were typed does not.

Pure: no database, no request.
"""

import re
import unicodedata

# Marks of Latin, Greek and Cyrillic letters, which many keyboards cannot write. Those of other
# scripts are vowels and tones: without them it is another name.
ACCENTS = re.compile("[\u0300-\u036f]")


def same_name(one: str, other: str) -> bool:
    """Tell whether these are one name, typed with or without accents, capitals and hyphens."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(name: str) -> str:
    """Return the letters, marks and figures of a name as everybody types them."""
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", name)).casefold()
    return "".join(each for each in plain if unicodedata.category(each)[0] in "LMN")
