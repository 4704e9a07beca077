/* A file can be dropped on its form, is seen being sent, and what is wrong with it is said without
   leaving the page, so that nothing has to be chosen or typed again. Without this, the form works
   as any other. */
(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const field = form.querySelector("input[type=file]");
  const zone = form.querySelector(".drop-here");
  const problem = form.querySelector(".drop-here .problem");
  const shown = form.querySelector(".upload-progress");
  const bar = shown.querySelector("progress");
  const status = shown.querySelector("[role=status]");
  const button = form.querySelector("button[type=submit]");
  const words = form.dataset;
  let asItIs = false;

  const say = (sentence) => {
    problem.textContent = sentence;
    field.setAttribute("aria-invalid", String(Boolean(sentence)));
  };
  const tooLarge = () => {
    const [file] = field.files;
    return file && file.size > Number(words.most) ? words.tooLarge : "";
  };
  const chosen = () => say(tooLarge());

  form.querySelector(".drop-words").hidden = false;
  field.addEventListener("change", chosen);
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    const { files } = event.dataTransfer;
    if (files.length !== 1) {
      if (files.length) say(words.oneOnly);
      return;
    }
    field.files = files;
    chosen();
    field.focus();
  });

  const stop = (sentence) => {
    shown.hidden = true;
    button.disabled = false;
    say(sentence);
    field.focus();
  };

  form.addEventListener("submit", (event) => {
    if (asItIs) return;
    event.preventDefault();
    if (!field.files.length) return stop(words.chooseFirst);
    if (tooLarge()) return stop(tooLarge());
    say("");
    button.disabled = true;
    shown.hidden = false;
    bar.value = 0;
    let told = -1;
    const sending = new XMLHttpRequest();
    sending.open("POST", form.action || location.href);
    sending.setRequestHeader("Accept", "application/json");
    sending.upload.addEventListener("progress", ({ loaded, total }) => {
      const percent = Math.floor((100 * loaded) / total);
      bar.value = percent;
      const tens = Math.floor(percent / 10) * 10; // not every percent is read aloud
      if (tens === told) return;
      told = tens;
      status.textContent = `${words.sending} ${tens} %`;
    });
    sending.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      status.textContent = words.looking;
    });
    sending.addEventListener("loadend", () => {
      if (!sending.status) return stop(words.notSent);
      let answer = null;
      try {
        answer = JSON.parse(sending.responseText);
      } catch {
        // A page came: signed out, or something broke. Sent as any other form, it is shown.
        asItIs = true;
        button.disabled = false;
        return form.requestSubmit(button);
      }
      if (answer.go) return location.assign(answer.go);
      return stop(answer.problem);
    });
    return sending.send(new FormData(form));
  });
})();
