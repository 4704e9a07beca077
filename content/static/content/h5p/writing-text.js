/* Fields whose words may be bold, or a list, or a link: written as they will look.

   The field itself stays in the page, and is what is sent. It changes only when somebody writes:
   what is not touched is sent exactly as it came. What comes in here was cleaned by the server. */
"use strict";

window.writingText = (() => {
  const WAYS = [
    { tags: ["strong", "b"], does: "bold", says: "bold", shows: "B" },
    { tags: ["em", "i"], does: "italic", says: "italic", shows: "I" },
    { tags: ["u"], does: "underline", says: "underline", shows: "U" },
    { tags: ["ul"], does: "insertUnorderedList", says: "list", shows: "•" },
    { tags: ["ol"], does: "insertOrderedList", says: "numbers", shows: "1." },
    { tags: ["a"], does: "createLink", says: "link", shows: "↗" },
    { tags: ["a"], does: "unlink", says: "unlink", shows: "↗̸" },
  ];

  function begin(field, words) {
    const allowed = new Set(field.dataset.rich.split(" "));
    const page = document.createElement("div");
    page.className = "writing-page";
    page.contentEditable = "true";
    page.setAttribute("role", "textbox");
    page.setAttribute("aria-multiline", "true");
    page.setAttribute("aria-labelledby", `${field.id}-label`);
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (field.hasAttribute(name)) page.setAttribute(name, field.getAttribute(name));
    }
    page.innerHTML = field.value;
    const bar = tools(page, allowed, words);
    const whole = document.createElement("div");
    whole.className = "writing-rich";
    if (bar) whole.append(bar);
    whole.append(page);
    field.before(whole);
    field.hidden = true;
    const goesOn = field.autofocus;
    field.autofocus = false;
    document.getElementById(`${field.id}-label`)?.addEventListener("click", () => page.focus());
    page.addEventListener("focus", () => document.execCommand("defaultParagraphSeparator", false, "p"));
    page.addEventListener("input", () => {
      field.value = page.textContent.trim() || page.querySelector("img, hr") ? page.innerHTML : "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    // From elsewhere come the words alone: how they look there is not how they look here.
    page.addEventListener("paste", (event) => {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
    });
    if (goesOn) page.focus();
  }

  function tools(page, allowed, words) {
    const ways = WAYS.filter((way) => way.tags.some((tag) => allowed.has(tag)));
    if (!ways.length) return null;
    const bar = document.createElement("div");
    bar.className = "writing-tools";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", words.marks);
    for (const way of ways) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = way.shows;
      button.title = words[way.says];
      button.setAttribute("aria-label", words[way.says]);
      button.className = `writing-tool-${way.says}`;
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => apply(page, way, words));
      bar.append(button);
    }
    return bar;
  }

  function apply(page, way, words) {
    if (document.activeElement !== page) page.focus();
    if (way.does !== "createLink") {
      document.execCommand(way.does);
      return;
    }
    const where = window.prompt(words.where, "https://");
    if (where && /^(https?:\/\/|mailto:|tel:)/i.test(where)) document.execCommand("createLink", false, where);
  }

  return (within, words) => within.querySelectorAll("textarea[data-rich]").forEach((field) => begin(field, words));
})();
