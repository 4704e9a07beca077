"""What is wrong with a page as it is drawn now, each fault as one line that says where."""

from axe_playwright_python.sync_playwright import Axe

NARROW, WIDE = 320, 1280
# Without `preload: False` axe fetches style sheets again, which can hang.
OPTIONS = {"preload": False, "resultTypes": ["violations"]}
COLOURS_ONLY = OPTIONS | {"runOnly": ["color-contrast", "link-in-text-block"]}
TALL, BROAD = 44, 24

SMALL_CONTROLS = """([tall, broad]) => {
  const seen = e => {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    return style.visibility !== 'hidden' && box.width > 1 && box.height > 1;
  };
  const controls = 'button, input:not([type=hidden]), select, textarea, summary, a.btn, label.opt';
  const fits = e => {
    const box = e.getBoundingClientRect();
    // what sizes are rounded to differs by a hair from screen to screen
    return box.height >= tall - .1 && box.width >= broad - .1;
  };
  return [...document.querySelectorAll(controls)]
    .filter(e => seen(e) && ![e, ...(e.labels || [])].some(fits))
    .map(e => e.outerHTML.split('>')[0] + '>');
}"""
OVERFLOW = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= innerWidth) return [];
  const beyond = [...document.body.querySelectorAll('*')].filter(e => {
    const box = e.getBoundingClientRect();
    const out = box.right > innerWidth + 1 || box.left < -1;
    return box.width && out && !e.closest('.table-scroll');
  });
  return [`${root.scrollWidth}px wide, by ` +
    (beyond.map(e => e.tagName.toLowerCase() + '.' + e.className).slice(0, 3).join(', ') || '?')];
}"""


# Wagtail's editor has an axe of its own, with rules of its own.
KEEP_AXE = "() => { window.axeOfTests = window.axe; }"
ASK_AXE = """([within, options]) =>
  axeOfTests.run(within || document, options).then(({violations}) => violations)"""


def rules_broken(page, options=OPTIONS, within=None):
    """What axe finds: “rule: selector”."""
    # Its own way to run brings half a megabyte of script along each time, and all that is right.
    if not page.evaluate("'axeOfTests' in window"):
        page.evaluate(Axe().axe_script)
        page.evaluate(KEEP_AXE)
    found = page.evaluate(ASK_AXE, [within, options])
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}"
        for rule in found
        for node in rule["nodes"]
    ]


def sideways(page):
    """What makes the page wider than the window, once its style sheets are there."""
    page.wait_for_load_state("load")
    return [f"scrolls sideways: {what}" for what in page.evaluate(OVERFLOW)]


def small_controls(page):
    """Controls that neither themselves nor by their label are as large as a finger."""
    found = page.evaluate(SMALL_CONTROLS, [TALL, BROAD])
    return [f"smaller than {TALL}px by {BROAD}px: {control}" for control in found]


def everything_wrong(page, within=None, ours=True):
    """All of it, on a phone and on a desk, light and dark, left to right and right to left.

    Themes differ in colours only, so in the dark only the rules about colours are asked again.
    """
    faults = []

    def look(where, found):
        faults.extend(f"{where}: {fault}" for fault in found)

    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme="light")
        look(f"{width}px", rules_broken(page, within=within))
        page.emulate_media(color_scheme="dark")
        look(f"{width}px dark", rules_broken(page, COLOURS_ONLY, within))
        if ours:
            look(f"{width}px", small_controls(page) + sideways(page))
            page.evaluate("document.documentElement.dir = 'rtl'")
            look(f"{width}px right to left", sideways(page))
            page.evaluate("document.documentElement.dir = 'ltr'")
    return faults
