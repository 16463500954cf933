// The palette: opened by / or Ctrl-K, filled by the server, driven by the keyboard. Rests while an input method composes.
const dialog = document.querySelector("#palette");
const RECENT = "kam-recent";
let asking = null;
let timer = 0;

const one = (selector) => dialog.querySelector(selector);
const options = () => [...dialog.querySelectorAll("[role=option]")];

function choose(option) {
  options().forEach((other) => {
    other.classList.toggle("cur", other === option);
    other.setAttribute("aria-selected", String(other === option));
  });
  one("#pal-q").setAttribute("aria-activedescendant", option?.id ?? "");
  option?.scrollIntoView({ block: "nearest" });
  const facts = option?.querySelector("template");
  one("[data-preview]").replaceChildren(...(facts ? [facts.content.cloneNode(true)] : []));
}

function step(by) {
  const list = options();
  const here = list.findIndex((option) => option.classList.contains("cur"));
  if (list.length) choose(list[(here + by + list.length) % list.length]);
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const url = `${dialog.dataset.src}?part=results&q=${encodeURIComponent(one("#pal-q").value)}`;
  try {
    const answer = await fetch(url, { signal: asking.signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    one("#pal-results").innerHTML = await answer.text();
    choose(options()[0]);
  } catch (error) {
    if (error.name !== "AbortError") window.kam.toast(window.kam.texts.offline, "", "error");
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(ask, 80);
}

function recent() {
  return JSON.parse(sessionStorage.getItem(RECENT) || "[]");
}

function showRecent() {
  const row = one("[data-recent]");
  for (const { label, url } of recent()) {
    const chip = document.createElement("a");
    chip.className = "k-chip";
    chip.href = url;
    chip.textContent = label;
    row.append(chip);
  }
  row.hidden = !recent().length;
}

async function open() {
  if (dialog.open) return;
  const answer = await fetch(dialog.dataset.src).catch(() => null);
  if (!answer?.ok || answer.redirected) return location.assign("/search/");
  dialog.innerHTML = await answer.text();
  dialog.showModal();
  showRecent();
  const field = one("#pal-q");
  field.focus();
  choose(options()[0]);
  field.addEventListener("input", (event) => event.isComposing || soon());
  field.addEventListener("compositionend", soon);
  field.addEventListener("keydown", keys);
  one("[data-close]").addEventListener("click", () => dialog.close());
}

function keys(event) {
  if (window.kam.composing(event)) return;
  const current = dialog.querySelector(".pal-r.cur");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" && current?.href) {
    if (event.ctrlKey || event.metaKey) window.open(current.href, "_blank", "noopener");
    else location.assign(current.href);
  } else return;
  event.preventDefault();
}

if (dialog) {
  document.addEventListener("kam:palette", open);
  dialog.addEventListener("close", () => dialog.replaceChildren());
  const here = document.querySelector("[data-recent-label]")?.dataset.recentLabel;
  if (here) {
    const rest = recent().filter(({ url }) => url !== location.pathname);
    sessionStorage.setItem(RECENT, JSON.stringify([{ label: here, url: location.pathname }, ...rest].slice(0, 5)));
  }
}
