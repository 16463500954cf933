// The record: Esc reverts an open line, the tab that was opened is marked, an opened line gets the cursor.
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || window.kam?.composing(event)) return;
  const form = event.target.closest?.("form[data-inline]");
  form?.querySelector("[data-cancel]")?.click();
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  const opened = event.target;
  const now = opened.id ? document.getElementById(opened.id) : null;
  const field = now?.querySelector("form[data-inline] :is(input:not([type=hidden]), select, textarea)");
  if (field) {
    field.focus();
    field.select?.();
  } else now?.querySelector(".fact-open")?.focus();
  if (opened.id === "tab") {
    const key = document.getElementById("tab")?.dataset.panel;
    all("[data-tab]").forEach((tab) => {
      if (tab.getAttribute("hx-get").endsWith(`/tabs/${key}/`)) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    });
  }
});

// On wide screens every part of the record is open; on a phone the one that the address names.
const wide = window.matchMedia("(min-width: 768px)");
function unfold() {
  const named = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  all("[data-fold]").forEach((part) => {
    if (wide.matches || named?.contains(part)) part.open = true;
  });
  return named;
}
unfold();
wide.addEventListener("change", unfold);
window.addEventListener("hashchange", () => unfold()?.scrollIntoView());
document.body.addEventListener("htmx:afterSwap", unfold);
