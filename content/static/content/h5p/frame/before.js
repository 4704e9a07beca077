// Runs before all else in a frame that plays an H5P package.
//
// The frame has no origin: it may not have cookies or storage, and a browser throws where a script
// so much as looks at them. H5P's core does, unguarded. So what it finds lasts as long as the page.
(() => {
  class Memory {
    getItem(key) {
      return Object.hasOwn(this, key) ? this[key] : null;
    }
    setItem(key, value) {
      this[key] = String(value);
    }
    removeItem(key) {
      delete this[key];
    }
    clear() {
      for (const key of Object.keys(this)) delete this[key];
    }
    key(number) {
      return Object.keys(this)[number] ?? null;
    }
    get length() {
      return Object.keys(this).length;
    }
  }
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { value: new Memory(), configurable: true });
  }
  Object.defineProperty(document, "cookie", { get: () => "", set() {}, configurable: true });

  // Where this page lies is not known to the server: it is the same page for everyone.
  const here = location.pathname.replace(/\/$/, "");
  const integration = JSON.parse(document.getElementById("integration").textContent);
  integration.url = here;
  integration.urlLibraries = `${location.origin}${here}/libraries`;
  for (const content of Object.values(integration.contents)) content.contentUrl = `${here}/content`;
  window.H5PIntegration = integration;

  // It begins when the page around us says so, with where somebody was.
  window.H5P = { preventInit: true };
  window.filesThatDidNotCome = [];
  addEventListener(
    "error",
    ({ target }) => {
      if (target instanceof HTMLScriptElement) window.filesThatDidNotCome.push(target.src);
    },
    true,
  );
})();
