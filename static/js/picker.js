// Fields chosen by typing: a combobox with a list that the server fills. Without us the whole name is typed and the server finds the row.
// A box is [data-pick] with data-src; its text field is [data-pick-text], a hidden field beside it keeps the number of the chosen row.
// After each choice the hidden field (or the text field of one without) fires kam:picked. Rests while an input method composes.
const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const PAUSE_MS = 150;
const BETWEEN = /[、,，;；]\s*/;
let list = null; // the one list that is open
let timer = 0;
let asking = null;

const boxOf = (element) => element?.closest?.("[data-pick]");
const textOf = (box) => one("[data-pick-text]", box);
const numberOf = (box) => one("input[type=hidden]", box);
const options = () => (list ? all("[role=option]", list) : []);
const current = () => options().find((option) => option.getAttribute("aria-selected") === "true");
const lastOf = (text) => text.value.split(BETWEEN).at(-1).trim();

function dress(root) {
  for (const box of all("[data-pick]:not([data-dressed])", root)) {
    const text = textOf(box);
    const said = document.createElement("span");
    said.className = "k-sr";
    said.setAttribute("role", "status");
    box.append(said);
    box.dataset.dressed = "";
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-haspopup": "listbox" }))
      text.setAttribute(name, value);
  }
}

function say(box, words) {
  one("[role=status]", box).textContent = words;
}

function close() {
  clearTimeout(timer);
  asking?.abort();
  const box = boxOf(list);
  list?.remove();
  list = null;
  if (!box) return;
  textOf(box).setAttribute("aria-expanded", "false");
  textOf(box).removeAttribute("aria-activedescendant");
  textOf(box).removeAttribute("aria-controls");
}

function show(box, html) {
  const text = textOf(box);
  if (boxOf(list) !== box) {
    close();
    list = document.createElement("ul");
    list.id = "pick-list";
    list.className = "k-options";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", text.labels?.[0]?.textContent.trim() || text.getAttribute("aria-label") || "");
    text.after(list);
    text.setAttribute("aria-expanded", "true");
    text.setAttribute("aria-controls", "pick-list");
  }
  list.innerHTML = html;
  say(box, one("[data-said]", list)?.textContent ?? "");
  point((box.hasAttribute("data-many") ? lastOf(text) : text.value) ? options()[0] : null);
  list.scrollIntoView({ block: "nearest" });
}

function point(option) {
  options().forEach((other) => other.setAttribute("aria-selected", String(other === option)));
  const text = textOf(boxOf(list));
  if (option) text.setAttribute("aria-activedescendant", option.id);
  else text.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const there = options();
  const here = there.indexOf(current());
  if (there.length) point(there[here < 0 && by < 0 ? there.length - 1 : (here + by + there.length) % there.length]);
}

function within(box) {
  const name = box.dataset.withinField;
  return name ? (textOf(box).form?.elements[name]?.value ?? "") : (box.dataset.within ?? "");
}

async function ask(box, words) {
  asking?.abort();
  const request = (asking = new AbortController());
  const url = `${box.dataset.src}?q=${encodeURIComponent(words)}&within=${encodeURIComponent(within(box))}`;
  try {
    const answer = await fetch(url, { signal: request.signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const html = await answer.text();
    if (document.activeElement === textOf(box) && !request.signal.aborted) show(box, html);
  } catch (error) {
    if (error.name === "AbortError") return;
    close();
    say(box, box.dataset.offline);
  }
}

function soon(text) {
  const box = boxOf(text);
  clearTimeout(timer);
  timer = setTimeout(() => ask(box, box.hasAttribute("data-many") ? lastOf(text) : text.value.trim()), PAUSE_MS);
}

function tell(box) {
  (numberOf(box) ?? textOf(box)).dispatchEvent(new CustomEvent("kam:picked", { bubbles: true }));
}

function choose(option) {
  const box = boxOf(option);
  const text = textOf(box);
  if (box.hasAttribute("data-many")) {
    const kept = text.value.split(BETWEEN).slice(0, -1).filter(Boolean);
    text.value = `${[...kept, option.dataset.whole].join("、")}、`;
  } else text.value = option.dataset.text;
  const number = numberOf(box);
  if (number) number.value = option.dataset.value;
  close();
  text.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "chosen" }));
  tell(box);
}

function forget(box) {
  const number = numberOf(box);
  if (!number?.value) return;
  number.value = "";
  tell(box);
}

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-pick-text]") || event.detail === "chosen") return;
  forget(boxOf(event.target));
  if (!event.isComposing) soon(event.target);
});
document.addEventListener("compositionend", (event) => event.target.matches?.("[data-pick-text]") && soon(event.target));

document.addEventListener("keydown", (event) => {
  const text = event.target;
  if (!text.matches?.("[data-pick-text]") || window.kam.composing(event)) return;
  const isOpen = boxOf(list) === boxOf(text);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (isOpen) step(event.key === "ArrowDown" ? 1 : -1);
    else ask(boxOf(text), "");
  } else if (isOpen && event.key === "Enter" && current()) choose(current());
  else if (isOpen && event.key === "Escape") close();
  else {
    if (isOpen && event.key === "Tab" && current()) choose(current());
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("pointerdown", (event) => list?.contains(event.target) && event.preventDefault());
document.addEventListener("click", (event) => {
  const option = event.target.closest?.("#pick-list [role=option]");
  if (option) choose(option);
  else if (event.target.matches?.("[data-pick-text]") && boxOf(list) !== boxOf(event.target)) ask(boxOf(event.target), "");
});
document.addEventListener("focusout", (event) => boxOf(event.target) && boxOf(event.target) === boxOf(list) && close());

// What was chosen within another row is nothing within the next one.
document.addEventListener("kam:picked", (event) => {
  const name = event.target.name;
  for (const box of all("[data-within-field]", event.target.form ?? document))
    if (name && box.dataset.withinField === name) {
      textOf(box).value = "";
      forget(box);
    }
});

dress(document);
document.addEventListener("htmx:load", (event) => dress(event.target));
