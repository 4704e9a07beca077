// Keeps the sum of a session's minutes right while its plan is being written.
function keepMinutesRight() {
  const said = document.querySelector("[data-minutes]");
  const words = document.querySelector("[data-minutes-words]")?.dataset;
  const form = said?.closest("form");
  if (!form) return;

  const number = field => Math.max(0, parseInt(field?.value, 10) || 0);
  const fill = (text, n) => text.replace("%(n)s", n);
  const isRemoved = field => {
    const deleted = form.elements[field.name.replace(/-value-minutes$/, "-deleted")];
    return deleted && deleted.value !== "";
  };

  function addUp() {
    const activities = [...form.elements].filter(
      field => /^plan-\d+-value-minutes$/.test(field.name) && !isRemoved(field));
    const planned = activities.reduce((sum, field) => sum + number(field), 0);
    const length = number(form.elements.minutes);
    const left = length - planned;
    const rest = left === 0 ? words.fits
      : left === 1 ? words.oneLeft
      : left > 0 ? fill(words.left, left)
      : fill(words.over, -left);
    const text = [fill(words.takes, planned), fill(words.long, length), rest].join(" ");
    if (said.textContent !== text) said.textContent = text;
    said.classList.toggle("is-off", left !== 0);
  }

  let waiting;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(addUp, 400); };
  form.addEventListener("input", soon);
  // an activity is added, copied or taken away without anybody typing
  new MutationObserver(soon).observe(form, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["value"],
  });
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", keepMinutesRight);
} else {
  keepMinutesRight();
}
