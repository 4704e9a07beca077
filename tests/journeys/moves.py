"""What people do on every page: read its title, press a button, follow a link, use the Tab key."""

import pytest
from playwright.sync_api import expect

FOCUSED = """() => {
  const e = document.activeElement;
  const labels = [...(e.labels || [])].map(l => l.innerText.trim());
  const boxes = [e, ...(e.labels || [])];
  const outlined = boxes.some(b => {
    const style = getComputedStyle(b);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  const own = e.ariaLabel || e.innerText.trim();
  return {names: [own, ...labels.map(l => l.split('\\n')[0])], outlined};
}"""


def h1(page, words):
    """Wait for a page with this title."""
    expect(page.locator("h1")).to_have_text(words)


def press(page, name="Save"):
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.locator("main").get_by_role("link", name=name, exact=True).click()


def follow_first(page, name):
    """Follow the first of the links whose name holds this."""
    page.locator("main").get_by_role("link", name=name).first.click()


def tab_to(page, name):
    page.wait_for_load_state("load")  # only then does the browser go to the part after the “#”
    passed = []
    for _n in range(40):
        page.keyboard.press("Tab")
        if focus_is_on(page, name):
            return
        passed.append(page.evaluate(FOCUSED)["names"][-1])
    pytest.fail(f"The Tab key never came to “{name}”, only to {passed}.")


def focus_is_on(page, name):
    """Whether the thing with this name has the focus; it has to show it, whatever it is."""
    focused = page.evaluate(FOCUSED)
    assert focused["outlined"], f"The focus cannot be seen on {focused['names']}."
    return name in focused["names"]
