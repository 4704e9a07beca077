// The steps and choices of a scenario are closed, so that a long talk can be seen at a glance. One
// that was just added has nothing in it: it is opened, so that the author can begin to write.
addEventListener("load", () => {
  const form = document.querySelector("form[data-edit-form]");
  if (!form) return;
  const fields = "textarea, select, input:not([type=hidden], [type=checkbox], [type=radio])";
  const isEmpty = (panel) => [...panel.querySelectorAll(fields)].every((field) => !field.value);
  const open = (added) => {
    for (const toggle of added.querySelectorAll('[data-panel-toggle][aria-expanded="false"]')) {
      const panel = document.getElementById(toggle.getAttribute("aria-controls"));
      if (panel && isEmpty(panel)) toggle.click();
    }
  };
  new MutationObserver((records) => {
    const added = records.flatMap((record) => [...record.addedNodes]);
    // Wagtail draws a block first, and makes it open and close a moment later.
    const blocks = added.filter((node) => node.matches?.("[data-streamfield-child]"));
    if (blocks.length) setTimeout(() => blocks.forEach(open), 200);
  }).observe(form, { childList: true, subtree: true });
});
