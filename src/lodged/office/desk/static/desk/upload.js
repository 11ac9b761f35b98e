// Drop a file on its box, and see how much of it has been sent.
"use strict";

document.querySelectorAll("[data-drop]").forEach((box) => {
  const input = box.querySelector("input[type=file]");
  const over = (on) => (event) => { event.preventDefault(); box.classList.toggle("drop--over", on); };
  box.addEventListener("dragover", over(true));
  box.addEventListener("dragleave", over(false));
  box.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
});

document.querySelectorAll("form[data-upload]").forEach((form) => {
  const bar = form.querySelector("progress");
  form.setAttribute("hx-post", form.getAttribute("action") || location.pathname);
  form.setAttribute("hx-encoding", "multipart/form-data");
  form.setAttribute("hx-target", "#main");
  form.setAttribute("hx-select", "#main");
  form.setAttribute("hx-swap", "outerHTML");
  htmx.process(form);
  form.addEventListener("htmx:xhr:loadstart", () => bar.classList.remove("hide"));
  form.addEventListener("htmx:xhr:progress", (event) => {
    if (event.detail.lengthComputable) bar.value = (100 * event.detail.loaded) / event.detail.total;
  });
});

// A form sent back with its mistakes (422) is shown like any other answer.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
