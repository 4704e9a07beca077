/* Writing an activity: nothing is lost by leaving, lists change without a new page, and a field
   that belongs to another's answer shows only then. All of it works without this, more slowly. */
"use strict";

(() => {
  const form = document.querySelector("[data-writing]");
  if (!form) return;
  const says = form.querySelector("[data-says]");
  let isChanged = form.dataset.changed === "yes";
  let isLeaving = false;

  // --- leaving ---

  form.addEventListener("input", () => { isChanged = true; });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && !isLeaving) event.preventDefault();
  });

  // --- what is shown only when something else is so ---

  function answer(path) {
    const fields = form.elements[path] ?? form.elements[`${path}.library`];
    if (!fields) return null;
    const all = fields instanceof RadioNodeList ? [...fields] : [fields];
    const box = all.find((field) => field.type === "checkbox");
    return box ? String(box.checked) : all.at(-1).value;
  }

  function show() {
    for (const place of form.querySelectorAll("[data-shown-when]")) {
      const { all, rules } = JSON.parse(place.dataset.shownWhen);
      const met = rules
        .map(({ path, equals }) => [answer(path), equals])
        .filter(([now]) => now !== null)
        .map(([now, equals]) => equals.includes(now));
      place.hidden = met.length > 0 && !(all ? met.every(Boolean) : met.some(Boolean));
    }
  }
  form.addEventListener("change", show);

  // --- lists, and parts of another type, without a new page ---

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "move") {
      event.preventDefault();
      if (button.value) move(button.value);
    } else if (!isReady) {
      event.preventDefault();
      sendWhenReady(button);
    } else if (button?.name === "look") {
      document.getElementById("look").scrollIntoView({ block: "nearest" });
    } else {
      isLeaving = true;
    }
  });

  // --- signed out, or without a connection, nothing is sent that would be lost on its way ---

  let isReady = false;

  async function sendWhenReady(button) {
    let page;
    try {
      const answered = await fetch(form.dataset.check);
      page = new DOMParser().parseFromString(await answered.text(), "text/html");
    } catch {
      says.textContent = form.dataset.lost;
      return;
    }
    const config = page.getElementById("wagtail-config");
    if (!config) {
      const link = document.createElement("a");
      Object.assign(link, { href: form.dataset.check, target: "_blank", textContent: form.dataset.signIn });
      says.replaceChildren(form.dataset.signedOut, " ", link);
      return;
    }
    says.textContent = "";
    // Who signed in again since the page came has another token.
    form.elements.csrfmiddlewaretoken.value = JSON.parse(config.textContent).CSRF_TOKEN;
    isReady = true;
    form.requestSubmit(button);
    isReady = false;
  }
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-kind]")) move(`kind ${event.target.name.replace(/\.library$/, "")}`);
  });

  async function move(value) {
    const sent = new FormData(form);
    sent.set("move", value);
    form.setAttribute("aria-busy", "true");
    try {
      const answered = await fetch(form.action || location.href, { method: "POST", body: sent });
      const page = new DOMParser().parseFromString(await answered.text(), "text/html");
      const fresh = page.querySelector("[data-writing] [data-swap]");
      if (!fresh) throw new Error("not the form");
      swap(fresh);
      isChanged = true;
      says.textContent = "";
    } catch {
      says.textContent = form.dataset.lost;
    }
    form.removeAttribute("aria-busy");
  }

  function swap(fresh) {
    const old = form.querySelector("[data-swap]");
    const wasOpen = new Map([...old.querySelectorAll("details[data-path]")].map((one) => [one.dataset.path, one.open]));
    old.replaceWith(fresh);
    for (const one of fresh.querySelectorAll("details[data-path]")) {
      if (wasOpen.get(one.dataset.path)) one.open = true;
    }
    // A script that comes this way does not run by itself: Wagtail's choosers begin by one.
    for (const script of fresh.querySelectorAll("script")) {
      const again = document.createElement("script");
      again.textContent = script.textContent;
      script.replaceWith(again);
    }
    begin(fresh);
    // A textarea that became a page to write on has taken the focus itself.
    fresh.querySelector("[autofocus]:not([hidden])")?.focus();
  }

  function begin(within) {
    window.writingText(within, form.dataset);
    show();
  }
  form.classList.add("is-quick");
  begin(form);
})();
