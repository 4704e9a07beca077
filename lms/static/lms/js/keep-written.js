// Keeps what is written in a long form on this device until it has arrived, so that a lost line,
// an empty battery or a closed tab loses nothing. Without script the form works as well.
//
// <form data-keep="name"> is kept under that name; an element with data-kept="name", on the page
// that follows, says that it has arrived. What nobody came back to is gone after some days.
const PREFIX = "alongside-written:";
const KEEP_FOR = 14 * 24 * 3600 * 1000;
const NOT_OURS = new Set(["csrfmiddlewaretoken", "key", "act"]);

const stored = (name) => {
  try {
    const found = JSON.parse(localStorage.getItem(PREFIX + name));
    return found && Date.now() - found.at < KEEP_FOR ? found.written : null;
  } catch {
    return null; // no storage, or not ours
  }
};
const store = (name, written) => {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ at: Date.now(), written }));
  } catch {
    // Full, or not allowed: what is written is still on the page.
  }
};
const forget = (name) => {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept.
  }
};

for (const form of document.querySelectorAll("form[data-keep]")) {
  const name = form.dataset.keep;
  const written = "fresh" in form.dataset ? stored(name) : null;
  for (const [field, value] of written ?? []) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(field)}"]`)) {
      if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === value;
      else control.value = value;
    }
  }
  const told = form.querySelector("[data-keep-told]");
  if (written && told) told.hidden = false;
  const keep = () => store(name, [...new FormData(form)].filter(([field]) => !NOT_OURS.has(field)));
  form.addEventListener("input", keep);
}
for (const arrived of document.querySelectorAll("[data-kept]")) forget(arrived.dataset.kept);
