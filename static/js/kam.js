// The frame's own script. Everything here is comfort: without it every page still works by links and forms.
// Shared with other scripts as window.kam: toast(text, undo), composing(event), texts.

const root = document.documentElement;
const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const texts = one("#kam-texts")?.dataset ?? {};
const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];

// An input method is at work: the key belongs to it, not to us.
const composing = (event) => event.isComposing || event.keyCode === 229;

// ── Toasts ──────────────────────────────────────────────────────────────────────────────────────────────
const TOAST_MS = 10_000;

function fadeAfter(toast, ms = TOAST_MS) {
  setTimeout(() => (toast.matches(":hover, :focus-within") ? fadeAfter(toast, 2000) : toast.remove()), ms);
}

function toast(text, undo = "", level = "success") {
  const template = one("#toast-template");
  if (!template) return;
  const box = template.content.firstElementChild.cloneNode(true);
  one("span", box).textContent = text;
  box.classList.add(level);
  const form = one("form", box);
  if (undo) {
    form.action = undo;
    form.elements.next.value = location.pathname + location.search;
    form.hidden = false;
  } else form.remove();
  one("#toasts").append(box);
  fadeAfter(box);
}

all("#toasts > .toast-k:not(.error)").forEach((box) => fadeAfter(box));
document.body.addEventListener("kam:toast", (event) => toast(event.detail.text, event.detail.undo, event.detail.level));

// ── htmx: refusals are drawn, failures are told ─────────────────────────────────────────────────────────
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const login = document.body.dataset.loginUrl;
  if (login && new URL(event.detail.xhr.responseURL || location.href).pathname === login && location.pathname !== login) {
    event.detail.shouldSwap = false;
    toast(texts.expired, "", "error");
  }
});
document.body.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  const text = { 401: texts.expired, 403: texts.refused, 404: texts.gone, 410: texts.gone }[status] || texts.broken;
  toast(text, "", "error");
});
for (const name of ["htmx:sendError", "htmx:timeout"])
  document.body.addEventListener(name, () => toast(texts.offline, "", "error"));
document.body.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
document.body.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute("aria-busy"));
document.body.addEventListener("htmx:afterSwap", (event) => {
  one("[data-error-summary]", event.detail.elt)?.focus();
});
// A whole page that came back with what is wrong: that is read first, and the next Tab leads into the form.
one("[data-error-summary], main .is-invalid")?.focus();

// Where the exchange took the focus away, it goes to what was answered. After settling: until then a field looks as it did before.
document.body.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
  if (document.activeElement !== document.body) return;
  (elt.matches?.("[data-answer]") ? elt : one(".is-invalid", elt))?.focus();
});

// Esc in a fact that is edited in place puts back what stood there.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !composing(event)) one("[data-revert]", event.target.closest?.("[data-inline]") ?? document.createElement("i"))?.click();
});
// A row of a list that is worked off one by one: where the focus was is gone, so it goes on to the next thing to do.
document.body.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
  if (!elt.matches?.("[data-focus-onwards]") || document.activeElement !== document.body) return;
  for (let row = elt; row; row = row.nextElementSibling) {
    const field = one("input.is-bad, select.is-bad", row);
    if (field) return field.focus();
  }
  one("button, a[href]", elt)?.focus();
});
document.body.addEventListener("htmx:afterSettle", (event) => {
  const field = event.detail.elt.querySelector?.("[data-inline] :is(input:not([type=hidden]), select, textarea)");
  if (field && !field.closest("[data-inline]").contains(document.activeElement)) field.focus();
});

// A second click while the first is under way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000);
});
window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

// ── Connection ──────────────────────────────────────────────────────────────────────────────────────────
const offline = one("#offline");
const showConnection = () => offline && (offline.hidden = navigator.onLine);
window.addEventListener("online", showConnection);
window.addEventListener("offline", showConnection);
showConnection();

// ── Theme: at once, and remembered by the same form that works without us ───────────────────────────────
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const field = form.matches(".k-themes") ? "theme" : form.matches(".k-densities") ? "density" : "";
  const value = event.submitter?.value;
  if (!field || !value) return;
  event.preventDefault();
  delete form.dataset.sent;
  root.setAttribute(field === "theme" ? "data-bs-theme" : "data-density", value);
  all(`button[name=${field}]`).forEach((button) => button.setAttribute("aria-pressed", String(button.value === value)));
  const body = new URLSearchParams({ [field]: value });
  await fetch(form.action, { method: "POST", body, headers: { "X-CSRFToken": token(), "HX-Request": "true" } });
});

// ── Menus close when the person turns away ──────────────────────────────────────────────────────────────
document.addEventListener("click", (event) => {
  all("details.k-drop[open], details.k-more[open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.k-drop[open], details.k-more[open]");
  if (menu) {
    menu.open = false;
    one("summary", menu).focus();
  }
});

// ── Counts: asked after the page is drawn, remembered for half a minute ─────────────────────────────────
function paint(counts) {
  for (const [key, number] of Object.entries(counts)) {
    all(`[data-count="${key}"]`).forEach((mark) => {
      mark.hidden = !number;
      mark.textContent = number > 99 ? "99+" : number;
    });
    all(`[data-dot="${key}"]`).forEach((dot) => {
      dot.hidden = !number;
      dot.closest("a").dataset.waiting = number;
    });
  }
}

async function refreshCounts() {
  const kept = JSON.parse(sessionStorage.getItem("kam-counts") || "null");
  if (kept) paint(kept.counts);
  const somethingWasDone = one("#toasts > .toast-k");
  if (kept && Date.now() - kept.at < 30_000 && !somethingWasDone) return;
  const answer = await fetch("/frame/counts/", { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const counts = await answer.json();
  sessionStorage.setItem("kam-counts", JSON.stringify({ counts, at: Date.now() }));
  paint(counts);
}
if (one(".k-rail")) refreshCounts();
else ["kam-counts", "kam-recent"].forEach((key) => sessionStorage.removeItem(key)); // signed out: nobody else reads them
document.body.addEventListener("kam:counts", () => {
  sessionStorage.removeItem("kam-counts");
  refreshCounts();
});

// ── Keys: any link or button with data-key="e" (or "g a") is pressed by it; `?` lists them ──────────────
const typing = (element) => element?.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]");
let pending = "";
let forget = 0;

function press(keys) {
  const found = all(`[data-key="${CSS.escape(keys)}"]`).filter((element) => !element.closest("[hidden]"));
  const target = keys === "z" ? found.at(-1) : found[0]; // undo takes back what was done last
  if (!target) return false;
  if (target.matches("details")) {
    target.open = !target.open;
    one("input, select, button, a", target)?.focus();
  } else if (target.matches("input, select, textarea")) target.focus();
  else target.click();
  return true;
}

function fillKeys() {
  const seen = new Set();
  const lists = { page: [], go: [] };
  for (const element of all("[data-key][data-key-label]")) {
    const { key, keyLabel, keyGroup } = element.dataset;
    if (seen.has(key) || key === "z") continue;
    seen.add(key);
    const item = document.createElement("li");
    const caps = document.createElement("span");
    caps.className = "ky-k";
    key.split(" ").forEach((cap) => {
      const kbd = document.createElement("kbd");
      kbd.className = "k-key";
      kbd.textContent = cap;
      caps.append(kbd, " ");
    });
    item.append(caps, keyLabel);
    lists[keyGroup === "go" ? "go" : "page"].push(item);
  }
  for (const [group, items] of Object.entries(lists)) {
    const list = one(`[data-keys="${group}"]`);
    list?.replaceChildren(...items);
    if (list) list.closest("section").hidden = !items.length;
  }
}

// Keys of one letter may be switched off, for those who speak to their computer.
const singleKeysOff = () => localStorage.getItem("kam-single-keys") === "off";
all("[data-single-keys]").forEach((box) => {
  box.checked = !singleKeysOff();
  box.addEventListener("change", () => localStorage.setItem("kam-single-keys", box.checked ? "on" : "off"));
});

function openPalette() {
  const palette = one("#palette");
  if (!palette?.dataset.src) return false;
  document.dispatchEvent(new CustomEvent("kam:palette"));
  return true;
}

document.addEventListener("keydown", (event) => {
  if (composing(event)) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    if (openPalette()) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) return;
  if (singleKeysOff() && event.key !== "?") return;
  if (event.key === "/") {
    if (openPalette()) event.preventDefault();
  } else if (event.key === "?") {
    fillKeys();
    one("#keys")?.showModal();
  } else if (event.key.length === 1) {
    const keys = pending ? `${pending} ${event.key}` : event.key;
    const starts = all("[data-key]").some((element) => element.dataset.key.startsWith(`${event.key} `));
    clearTimeout(forget);
    if (press(keys)) {
      pending = "";
      event.preventDefault();
    } else {
      pending = starts ? event.key : "";
      forget = setTimeout(() => (pending = ""), 1200);
    }
  }
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-palette]");
  if (link && !event.ctrlKey && !event.metaKey && openPalette()) event.preventDefault();
  if (event.target.closest("[data-print]")) window.print();
  const dialog = event.target.closest("dialog.k-dialog");
  if (dialog && event.target === dialog) dialog.close();
});

window.kam = { toast, composing, typing, texts, token };

// A list of ticks says how many are chosen; with none chosen there is nothing to send.
const tally = (form) => {
  const ticks = [...form.querySelectorAll("input[name=pick]")];
  const chosen = ticks.filter((tick) => tick.checked).length;
  const all = form.querySelector("[data-tick-all]");
  all.hidden = ticks.length < 2;
  all.querySelector("input").checked = chosen > 0 && chosen === ticks.length;
  form.querySelector("[data-tick-none]").hidden = chosen > 0 || ticks.length > 1;
  form.querySelector("[data-tick-count]").textContent = chosen || "";
  form.querySelector("button[type=submit]").disabled = chosen === 0;
};
const tallyAll = () => document.querySelectorAll("form[data-ticks]:has([data-tick-count])").forEach(tally);
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-ticks]");
  if (!form?.querySelector("[data-tick-count]")) return;
  if (event.target.closest("[data-tick-all]"))
    form.querySelectorAll("input[name=pick]").forEach((tick) => (tick.checked = event.target.checked));
  tally(form);
});
document.addEventListener("htmx:afterSwap", tallyAll);
tallyAll();

// ── Rows of tabs ────────────────────────────────────────────────────────────────────────────────────────
// Where they do not fit, the one that is open stands in view.
function showCurrent() {
  all(".k-tabs, .k-room").forEach((row) => {
    const tab = one("[aria-current], [aria-selected=true]", row);
    if (!tab || row.scrollWidth <= row.clientWidth) return;
    const from = tab.getBoundingClientRect().left - row.getBoundingClientRect().left + row.scrollLeft;
    row.scrollLeft = Math.max(0, from - (row.clientWidth - tab.offsetWidth) / 2);
  });
}
showCurrent();
document.body.addEventListener("htmx:afterSettle", showCurrent);
