// Keys for people who work without a mouse, and what paper needs before it is printed. Every page works without this file.
"use strict";

const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

const rows = () => [...document.querySelectorAll(".queue tbody th[scope=row] a")];

function step(by) {
  const links = rows();
  if (links.length === 0) return;
  const here = links.indexOf(document.activeElement);
  const next = here < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + by));
  links[next].focus();
}

function showKeys() {
  const list = document.getElementById("keys");
  if (list && !list.open) list.showModal();
}

let before = "";

const keys = {
  "?": showKeys,
  "/": () => document.getElementById("q")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  n: () => document.querySelector("[data-key=n]")?.click(),
  r: () => { if (before === "g") document.querySelector(".places a[href='/release']")?.click(); },
  d: () => { if (before === "g") document.querySelector(".places a")?.click(); },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") document.querySelectorAll("details.menu[open]").forEach((menu) => { menu.open = false; });
  if (typing(event.target)) return;
  const act = keys[event.key];
  if (act) {
    act();
    event.preventDefault();
  }
  before = event.key;
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) {
    event.preventDefault();
    showKeys();
  }
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  const print = event.target.closest("[data-print]");
  if (print) window.print();
});

// What is folded on the screen is open on paper: a reason that cannot be read is no reason.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details.unfold:not([open])").forEach((fold) => {
    fold.open = true;
    fold.dataset.opened = "";
  });
});
window.addEventListener("afterprint", () => {
  document.querySelectorAll("details[data-opened]").forEach((fold) => {
    fold.open = false;
    delete fold.dataset.opened;
  });
});

// A form that is on its way is not sent twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !form.hasAttribute("hx-post")) form.dataset.sent = "";
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// The queue is drawn again every few seconds, but never under the finger of somebody who is walking along it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const queue = event.target.closest("#queue");
  if (queue?.contains(document.activeElement) || document.hidden) event.preventDefault();
});

// Signed out meanwhile: the whole page goes to the sign-in page, not a piece of it.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { pathname } = new URL(event.detail.xhr.responseURL, location.href);
  if (pathname !== "/sign-in") return;
  event.detail.shouldSwap = false;
  location.assign("/sign-in");
});
