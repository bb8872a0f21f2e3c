/** Lists that poll (`data-poll`) rest while nobody looks, and are told (`visible-again from:document`) when somebody does again. */

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") document.dispatchEvent(new Event("visible-again"));
});

document.addEventListener("htmx:before:request", (event) => {
  const polls = event.target instanceof Element && event.target.matches("[data-poll]");
  if (polls && document.hidden) event.preventDefault();
});
