// An activity that a step asks for was done: then the step can be finished, without a reload.
addEventListener("h5p-done", ({ detail }) => {
  if (!detail?.done) return;
  for (const waiting of document.querySelectorAll("[data-until-done]")) waiting.hidden = true;
  for (const ready of document.querySelectorAll("[data-once-done]")) ready.hidden = false;
});
