// Wagtail saves by itself when it looks and sees that something changed. At times it does not look:
// in the first two seconds after a page has come; while it saves; and on a page that came back with
// something to mend, for good once that was saved. What was written then would be lost, beneath a
// sign that says “Saved”. So the author's own typing and ticking is noted here, and saved.
(() => {
  const A_WHILE = 1500; // milliseconds: longer than Wagtail takes when it looks
  const FORMS = 'form[data-controller~="w-autosave"]';
  const written = new WeakSet(); // forms in which something is not on its way to be saved
  const wound = new WeakSet();
  let waiting;

  const save = (form) => {
    if (!written.has(form)) return;
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
  };
  const note = ({ isTrusted, target }) => {
    const form = isTrusted && target.closest?.(FORMS);
    if (!form) return;
    written.add(form);
    clearTimeout(waiting);
    waiting = setTimeout(save, A_WHILE, form);
  };
  for (const what of ["input", "change"]) document.addEventListener(what, note);

  // What stands in the form now is taken along; what comes after is not.
  document.addEventListener("w-autosave:save", ({ target }) => written.delete(target));
  document.addEventListener("w-autosave:success", ({ target }) => {
    save(target);
    if (wound.has(target)) return;
    wound.add(target);
    target.dataset.wUnsavedCheckIntervalValue = "499"; // a new number winds Wagtail's clock again
  });
})();
