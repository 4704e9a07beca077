// Wagtail saves by itself while an author writes. A button that is pressed meanwhile would send
// the same new page a second time, and one pressed without a connection would leave the page for
// the browser's own “no internet”, with what was written gone. So a button waits for the save that
// is under way, and is pressed once that is done.
(() => {
  const SAVING = "saving";
  const CUT_OFF = "cut off"; // Wagtail tries again by itself, some times
  const LEAVING = "leaving";
  let state = null;
  let pressed = null;

  const press = (form) => {
    const button = pressed;
    pressed = null;
    if (!button) return;
    // Wagtail may have switched it off to show that it was pressed. A button that is off is not sent.
    const { disabled } = button;
    button.disabled = false;
    form.requestSubmit(button);
    button.disabled = disabled;
  };

  document.addEventListener("w-autosave:save", (event) => {
    if (state === LEAVING) event.preventDefault();
    else state = SAVING;
  });
  document.addEventListener("w-autosave:success", ({ target }) => {
    state = null;
    press(target);
  });
  document.addEventListener("w-autosave:error", ({ target, detail }) => {
    state = detail.type === "network_error" ? CUT_OFF : null;
    if (!state) press(target);
  });

  window.addEventListener("submit", (event) => {
    const form = event.target;
    const saves = form.matches('[data-controller~="w-autosave"]');
    if (event.defaultPrevented || !saves || form.target) return;
    if (state !== SAVING && state !== CUT_OFF && navigator.onLine) {
      state = LEAVING;
      return;
    }
    event.preventDefault();
    pressed = event.submitter ?? pressed;
    // Nothing is under way: begin, so that the author is told what is wrong.
    if (state !== SAVING) form.dispatchEvent(new CustomEvent("w-unsaved:add", { cancelable: true }));
  });

  // Come back to with the browser's own “back”. It also comes when a page is there for the first
  // time, with its last picture: a save may be under way by then.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) state = null;
  });
})();
