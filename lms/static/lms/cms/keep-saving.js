// Wagtail saves by itself when it sees that something changed. At two times it does not look: in
// the first two seconds after a page has come; and on a page that came back with something to
// mend, for good once it was saved. What was written then would be lost, beneath a sign that says
// “Saved”. So the author's own typing and ticking is noted here at those times, and saved.
(() => {
  const OTHER_THAN_USUAL = "499"; // milliseconds; a new number winds Wagtail's clock again
  const A_WHILE = 1000;
  const cameBack = document.querySelector('form[data-w-unsaved-force-value="true"]');
  let looks = false;
  let written = null;
  let waiting;

  const save = () => {
    const form = written;
    written = null;
    form?.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
  };
  const note = ({ isTrusted, target }) => {
    const form = target.closest?.('form[data-controller~="w-autosave"]');
    if (looks || !isTrusted || !form) return;
    written = form;
    if (form !== cameBack) return;
    clearTimeout(waiting);
    waiting = setTimeout(save, A_WHILE);
  };
  for (const what of ["input", "change"]) document.addEventListener(what, note);

  document.addEventListener("w-unsaved:watch-edits", () => {
    looks = true;
    save();
  });
  document.addEventListener("w-autosave:success", ({ target }) => {
    if (target === cameBack) target.dataset.wUnsavedCheckIntervalValue = OTHER_THAN_USUAL;
  });
})();
