// In a scenario, three plus signs may stand below one another: for a choice, a step and an ending.
// Each says what it adds, in the very word that stands above what is there already.
(() => {
  const name = () => {
    for (const button of document.querySelectorAll("[data-streamfield-list-add]:not([data-adds])")) {
      const there = button.parentElement.querySelector(".c-sf-block__type");
      if (there) button.dataset.adds = there.textContent.trim();
    }
  };
  addEventListener("load", () => {
    const form = document.querySelector("form[data-edit-form]");
    if (!form) return;
    name();
    new MutationObserver(name).observe(form, { childList: true, subtree: true });
  });
})();
