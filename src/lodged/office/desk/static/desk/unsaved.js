// Whoever leaves a page with something typed and not kept is asked first. The page works without this file.
"use strict";

const touched = new Set();

// A search leaves nothing behind, and a file that is on its way has its own form.
const keeps = (form) => form && form.method === "post" && form.getAttribute("role") !== "search" && !form.matches(".look");

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (keeps(form)) touched.add(form);
});
document.addEventListener("reset", (event) => touched.delete(event.target));
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) touched.delete(event.target);
});

window.addEventListener("beforeunload", (event) => {
  const open = [...touched].filter((form) => form.isConnected);
  if (open.length > 0) event.preventDefault();
});
