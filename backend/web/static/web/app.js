// The shell: keys, menus, dialogs, messages. Everything here is an addition: pages work without it.

const isTyping = target => target.closest("input, textarea, select, [contenteditable]") !== null;

let goingSince = 0;

document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return closeMenus();
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  } else if (event.key === "?") {
    openKeys();
  } else if (event.code === "KeyG") {
    goingSince = event.timeStamp;
  } else if (event.timeStamp - goingSince < 1200 && ["KeyV", "KeyP"].includes(event.code)) {
    goingSince = 0;
    document.querySelectorAll(".topnav a")[event.code === "KeyV" ? 0 : 1]?.click();
  }
});

document.addEventListener("click", event => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (event.target.closest("[data-keys]")) openKeys();
  event.target.closest("[data-dismiss]")?.closest(".toast")?.remove();
});

document.addEventListener("toggle", event => {
  if (!(event.target instanceof HTMLDetailsElement) || !event.target.matches(".menu") || !event.target.open) return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== event.target) menu.open = false;
  }
}, true);

function openKeys() {
  document.getElementById("keys")?.showModal();
}

function closeMenus() {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
}

// After a form came back with errors, the first of them is where to go on.
document.querySelector('main [aria-invalid="true"]')?.focus();

// The server writes times where their reader is.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) document.cookie = `timezone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;

// Asking again while something on the page is at work: every two seconds, and not while nobody looks.
const ASK_EVERY_MS = 2000;

setInterval(() => {
  if (document.hidden || !window.htmx) return;
  for (const asking of document.querySelectorAll("[data-poll]")) {
    if (document.querySelector(asking.dataset.poll)) window.htmx.trigger(asking, "tick");
  }
}, ASK_EVERY_MS);

// The same answer again leaves the page alone: nothing flickers, no focus and no selection is lost.
const lastAnswers = new Map();

document.addEventListener("htmx:beforeSwap", event => {
  const etag = event.detail.xhr.getResponseHeader("ETag");
  if (!etag) return;
  const address = event.detail.requestConfig.path;
  if (lastAnswers.get(address) === etag) event.detail.shouldSwap = false;
  lastAnswers.set(address, etag);
});

document.addEventListener("htmx:afterSettle", announce);

// What changed, in words, for whoever cannot see it change.
let announced = document.querySelector("[data-announce]")?.dataset.announce;

function announce() {
  const state = document.querySelector("[data-announce]")?.dataset.announce;
  const place = document.getElementById("announcement");
  if (!place || state === announced) return;
  announced = state;
  place.textContent = place.dataset[state.toLowerCase()] ?? "";
}
