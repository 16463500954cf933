// Lists: j/k move, Enter opens, x selects, e edits; the bulk bar counts. Without this file boxes, links and buttons do the same.
const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const rows = () => all("#list tbody tr");
const boxes = () => all("#list input[name=row]");
let last = null;

function current() {
  return one("#list tr.focus");
}

function move(step) {
  const list = rows();
  if (!list.length) return;
  const here = list.indexOf(current());
  const next = list[Math.max(0, Math.min(list.length - 1, here + step))];
  current()?.classList.remove("focus");
  next.classList.add("focus");
  next.scrollIntoView({ block: "nearest" });
  (one("[data-open]", next) || one("input[name=row]", next))?.focus({ preventScroll: true });
}

function count() {
  const bar = one("[data-bulk]");
  if (!bar) return;
  const chosen = boxes().filter((box) => box.checked);
  boxes().forEach((box) => box.closest("tr").classList.toggle("sel", box.checked));
  bar.classList.toggle("on", chosen.length > 0);
  const words = one("[data-selected]", bar);
  words.textContent = words.dataset.words.replace("{n}", chosen.length);
  const head = one("[data-all]");
  head.checked = chosen.length > 0 && chosen.length === boxes().length;
  head.indeterminate = chosen.length > 0 && !head.checked;
  if (!chosen.length) one("[data-everything]", bar).checked = false;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]")) boxes().forEach((box) => (box.checked = event.target.checked));
  if (event.target.matches("[data-everything]") && event.target.checked) boxes().forEach((box) => (box.checked = true));
  if (event.target.closest("#list")) count();
});
document.addEventListener("reset", (event) => event.target.matches("[data-bulk]") && setTimeout(count));
document.addEventListener("click", (event) => {
  if (!event.shiftKey || !event.target.matches("input[name=row]") || !last) return (last = event.target.closest("tr"));
  const list = rows();
  const [from, to] = [list.indexOf(last), list.indexOf(event.target.closest("tr"))].sort((a, b) => a - b);
  list.slice(from, to + 1).forEach((row) => (one("input[name=row]", row).checked = event.target.checked));
  count();
});

document.addEventListener("keydown", (event) => {
  if (window.kam.composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (window.kam.typing(event.target) || one("dialog[open]")) return;
  const row = current();
  if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
  else if (event.key === "x" && row && one("input[name=row]", row)) {
    one("input[name=row]", row).click();
  } else if (event.key === "e" && row && one("[data-edit]", row)) one("[data-edit]", row).click();
  else if (event.key === "Enter" && row && event.target === document.body) one("[data-open]", row)?.click();
  else return;
  event.preventDefault();
});

document.body.addEventListener("htmx:afterSwap", () => {
  const list = one("#list");
  const words = one("#list-q");
  if (words && words !== document.activeElement) words.value = list.dataset.words;
  all("[data-list-query]").forEach((field) => (field.value = list.dataset.query));
  all("[data-export]").forEach((link) => (link.href = list.dataset[link.dataset.export]));
  count();
});
count();
