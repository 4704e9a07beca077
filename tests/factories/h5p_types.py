"""A type of activity of our own with most kinds of fields in its form, to write activities of."""

from tests.factories.h5p import NAME, library_files, make_h5p

FOLDER = f"{NAME}-1.0"
PLAIN = "Alongside.Words"
CARD = [
    {
        "name": "front",
        "type": "text",
        "label": "Front",
        "widget": "html",
        "tags": ["strong", "em", "ul", "a"],
    },
    {"name": "back", "type": "text", "label": "Back", "description": "What is <b>behind</b> it"},
    {"name": "picture", "type": "image", "label": "Picture", "optional": True},
]
FORM = [
    {"name": "greeting", "type": "text", "label": "Greeting", "default": "Hello"},
    {
        "name": "cards",
        "type": "list",
        "label": "Cards",
        "entity": "card",
        "min": 1,
        "max": 4,
        "field": {"name": "card", "type": "group", "label": "Card", "fields": CARD},
    },
    {
        "name": "media",
        "type": "library",
        "label": "Beside it",
        "optional": True,
        "options": [f"{PLAIN} 1.0", "H5P.Nowhere 1.0"],
    },
    {
        "name": "behaviour",
        "type": "group",
        "label": "How it behaves",
        "importance": "low",
        "fields": [
            {"name": "shuffle", "type": "boolean", "label": "Mix the cards"},
            {
                "name": "seed",
                "type": "number",
                "label": "How many at once",
                "min": 1,
                "optional": True,
                "showWhen": {"rules": [{"field": "shuffle", "equals": True}]},
            },
        ],
    },
    {"name": "next", "type": "text", "label": "Next", "default": "Next", "common": True},
]
SPANISH = {"semantics": [{"label": "Saludo"}, {"label": "Tarjetas"}, {}, {}, {"default": "Sigue"}]}
CONTENT = {
    "greeting": "Helo",
    "cards": [
        {"front": "<p>Pacing</p>", "back": "Doing a little", "unheardOf": [1]},
        {"front": "<p>Flare</p>", "back": "A bad spell"},
    ],
    "behaviour": {"shuffle": False},
    "next": "Next",
}


def type_files():
    """Return {path in the package: bytes or JSON} of the type, and of the one it may hold."""
    held = library_files(PLAIN) | {
        f"{PLAIN}-1.0/semantics.json": [{"name": "words", "type": "text", "label": "Words"}]
    }
    return (
        library_files()
        | held
        | {
            f"{FOLDER}/semantics.json": FORM,
            f"{FOLDER}/language/es.json": SPANISH,
        }
    )


def make_cards(**fields):
    """Return an .h5p of that type as an open file."""
    return make_h5p(**{"content": CONTENT, "libraries": type_files(), **fields})
