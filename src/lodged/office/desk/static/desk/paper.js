// The page beside the fields: the zone of the focused field is outlined, the page can be made larger and turned.
"use strict";

const viewer = document.getElementById("viewer");
const pane = viewer?.querySelector(".viewer__pane");
const sheets = [...document.querySelectorAll(".sheet")];
const form = document.getElementById("reading");

function outline(name) {
  document.querySelectorAll(".zone--here").forEach((zone) => zone.classList.remove("zone--here"));
  const zone = document.querySelector(`[data-zone="${CSS.escape(name)}"]`);
  if (!zone) return;
  zone.classList.add("zone--here");
  const where = zone.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  const seen = where.top >= frame.top + 20 && where.bottom <= frame.bottom - 20 && where.left >= frame.left && where.right <= frame.right;
  if (!seen) pane.scrollBy({ top: where.top - frame.top - frame.height / 3, left: where.left - frame.left - 20 });
}

form?.addEventListener("focusin", (event) => {
  const place = event.target.closest("[data-place]");
  if (place) outline(place.dataset.place);
});

pane?.addEventListener("click", (event) => {
  const zone = event.target.closest("[data-zone]");
  if (!zone) return;
  document.querySelector(`[data-place="${CSS.escape(zone.dataset.zone)}"] input`)?.focus();
});

// Enter accepts what stands in a field and goes to the next place that wants a look, else to the button.
form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".fields input:not([type=checkbox])")) return;
  event.preventDefault();
  const here = event.target.closest("[data-place]");
  const seen = here.querySelector(".seen input");
  if (seen) seen.checked = true;
  const open = [...form.querySelectorAll("[data-place].open")];
  const next = open.find((place) => here.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING);
  (next ? next.querySelector("input:checked, input") : form.querySelector("button[type=submit]"))?.focus();
});

form?.addEventListener("click", (event) => {
  const take = event.target.closest("[data-take]");
  if (!take) return;
  const field = take.closest("[data-place]").querySelector("input[type=text]");
  field.value = take.dataset.take;
  field.focus();
});

const LARGEST = 4;

function zoom(by) {
  const now = Number(pane.dataset.zoom);
  pane.dataset.zoom = by === 0 ? (now === 0 ? 1 : 0) : Math.min(LARGEST, Math.max(0, now + by));
}

// Turned by attributes alone: a strict policy forbids styles, and a turned page keeps its zones.
function turn() {
  const next = (Number(pane.dataset.turn || 0) + 1) % 4;
  pane.dataset.turn = next;
  sheets.forEach((sheet) => {
    const [w, h] = [Number(sheet.dataset.width), Number(sheet.dataset.height)];
    sheet.setAttribute("viewBox", next % 2 ? `0 0 ${h} ${w}` : `0 0 ${w} ${h}`);
    const moves = ["", `translate(${h} 0) rotate(90)`, `translate(${w} ${h}) rotate(180)`, `translate(0 ${w}) rotate(270)`];
    sheet.firstElementChild.setAttribute("transform", moves[next]);
  });
}

function show(number) {
  const sheet = document.getElementById(`page-${number}`);
  if (!sheet) return;
  pane.scrollTo({ top: sheet.offsetTop - pane.offsetTop - 8 });
  mark(number);
}

function mark(number) {
  viewer.querySelectorAll("[data-page]").forEach((link) => {
    if (link.dataset.page === String(number)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}

function current() {
  const top = pane.getBoundingClientRect().top + 60;
  const here = sheets.filter((sheet) => sheet.getBoundingClientRect().top <= top).pop() || sheets[0];
  return here ? Number(here.id.replace("page-", "")) : 0;
}

function flip(by) {
  const numbers = sheets.map((sheet) => Number(sheet.id.replace("page-", "")));
  const at = numbers.indexOf(current()) + by;
  if (numbers[at] !== undefined) show(numbers[at]);
}

viewer?.addEventListener("click", (event) => {
  const page = event.target.closest("[data-page]");
  if (page) { event.preventDefault(); show(page.dataset.page); }
  const size = event.target.closest("button[data-zoom]");
  if (size) zoom(Number(size.dataset.zoom));
  if (event.target.closest("button[data-turn]")) turn();
});
pane?.addEventListener("scroll", () => mark(current()), { passive: true });
if (pane && sheets.length) mark(current());

document.addEventListener("keydown", (event) => {
  if (!pane || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input[type=text], input[type=search], textarea, select")) return;
  const act = { "+": () => zoom(1), "=": () => zoom(1), "-": () => zoom(-1), 0: () => zoom(0), r: turn, "[": () => flip(-1), "]": () => flip(1) }[event.key];
  if (act) { act(); event.preventDefault(); }
});
