// The calendar with hours: drag to a day and a time by mouse or touch, or hold with `m`. Every move is the same POST as the form behind “Move…”.

const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const live = one("#agenda-live");
const say = (text) => live && (live.textContent = text);
const FIRST = 7 * 60;
const HEIGHT = 14 * 60;
const STEP = 15;
let held = null;
let swallow = false;

const grid = () => one("#agenda .hg");
const columns = () => all(".hg-col[data-day]", grid());
const isTimed = (item) => "due" in item.dataset || "h" in item.dataset;
const lengthOf = (item) => 60 * Number(item.dataset.dh || 0) + Number(item.dataset.dm || 0) || 60;
const startOf = (item) => ("h" in item.dataset ? 60 * Number(item.dataset.h) + Number(item.dataset.m) : 120);
const clock = (minutes) => `${String(Math.floor((minutes + FIRST) / 60)).padStart(2, "0")}:${String((minutes + FIRST) % 60).padStart(2, "0")}`;

function fits(item, column) {
  if (!column || "over" in column.dataset) return false;
  return "due" in item.dataset || column.dataset.lane === item.closest(".hg-col").dataset.lane;
}

// ── What is held: its column, its minutes after the first hour, and the ghost that shows both ───────────
function hold(item, column, minutes) {
  const ghost = document.createElement("i");
  ghost.className = "hg-ghost";
  held = { item, ghost, from: column, was: minutes, column: null, minutes: 0 };
  item.classList.add("held");
  one("#agenda").classList.add("dragging");
  aim(fits(item, column) ? column : columns().find((other) => fits(item, other)), minutes);
}

function aim(column, minutes) {
  if (!held || !fits(held.item, column)) return;
  all(".hg-p.target").forEach((row) => row.classList.remove("target"));
  const length = lengthOf(held.item);
  held.column = column;
  held.minutes = Math.min(Math.max(Math.round(minutes / STEP) * STEP, 0), HEIGHT - Math.min(length, HEIGHT));
  if (!isTimed(held.item)) {
    one(".hg-p", column).classList.add("target");
    return;
  }
  Object.assign(held.ghost.dataset, { h: Math.floor(held.minutes / 60), m: held.minutes % 60, dh: Math.floor(length / 60), dm: length % 60 });
  held.ghost.textContent = clock(held.minutes);
  one(".hg-b", column).append(held.ghost);
}

function release(text) {
  if (!held) return null;
  const last = held;
  last.ghost.remove();
  last.item.classList.remove("held");
  one("#agenda").classList.remove("dragging");
  all(".hg-p.target").forEach((row) => row.classList.remove("target"));
  held = null;
  if (text) say(text);
  return last;
}

function put() {
  const { item, column, minutes, from, was } = release("");
  if (!column || (column === from && (!isTimed(item) || minutes === was))) return;
  const board = one("#agenda");
  const isDue = "due" in item.dataset;
  const form = isDue ? one("form", item) : null;
  const values = isDue
    ? Object.fromEntries(["unit", "person", "mode", "purpose"].map((name) => [name, form.elements[name].value]))
    : { entry: item.dataset.entry, version: item.dataset.version };
  values.day = column.dataset.day;
  if (isTimed(item)) values.start = clock(minutes);
  item.classList.add("moving");
  htmx.ajax("POST", isDue ? board.dataset.plan : board.dataset.move, { target: "#agenda", swap: "outerHTML", values }).then(() => {
    const again = one(".cal-why select, .cal-why input:not([type=hidden]), .cal-why") || one(`[data-entry="${values.entry}"]`);
    again?.focus();
  });
}

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(name, () => all("#agenda .moving").forEach((item) => item.classList.remove("moving")));
}

// ── Mouse and touch: a finger holds still for a moment first, so that pages still scroll ────────────────
let press = null;

function begin() {
  if (!press || !grid()) return;
  const { item, x, y } = press;
  const column = item.closest(".hg-col");
  hold(item, column, startOf(item));
  press.off = column && isTimed(item) ? y - item.getBoundingClientRect().top : 0;
  follow(x, y);
}

function follow(x, y) {
  const column = columns().find((one_) => {
    const box = one_.getBoundingClientRect();
    return x >= box.left && x < box.right && y >= box.top && y < box.bottom;
  });
  if (!column) return;
  const box = one(".hg-b", column).getBoundingClientRect();
  aim(column, ((y - press.off - box.top) * HEIGHT) / box.height);
}

document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest?.("#agenda [data-entry], #agenda [data-due]");
  if (!item || !grid() || held || event.button || event.target.closest("details, button, input, select")) return;
  press = { item, x: event.clientX, y: event.clientY, off: 0, isTouch: event.pointerType === "touch" };
  if (press.isTouch) press.timer = setTimeout(begin, 350);
});

document.addEventListener("pointermove", (event) => {
  if (!press) return;
  const far = Math.abs(event.clientX - press.x) + Math.abs(event.clientY - press.y) > 6;
  if (!held && press.isTouch && far) drop(false);
  else if (!held && !press.isTouch && far) begin();
  if (held && press) follow(event.clientX, event.clientY);
});

function drop(isMeant) {
  clearTimeout(press?.timer);
  press = null;
  if (!held) return;
  swallow = true;
  setTimeout(() => (swallow = false), 50);
  if (isMeant) put();
  else release("");
}

document.addEventListener("pointerup", () => press && drop(true));
document.addEventListener("pointercancel", () => press && drop(false));
document.addEventListener("dragstart", (event) => grid() && event.target.closest?.("#agenda [data-entry]") && event.preventDefault());
document.addEventListener("contextmenu", (event) => press?.isTouch && held && event.preventDefault());
document.addEventListener("touchmove", (event) => press && held && event.preventDefault(), { passive: false });
document.addEventListener(
  "click",
  (event) => {
    if (!swallow) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

// ── Keys: m holds, arrows choose day and time, Enter puts, Esc lets go ──────────────────────────────────
function step(days, minutes) {
  const open = columns().filter((column) => fits(held.item, column));
  const place = Math.min(Math.max(open.indexOf(held.column) + days, 0), open.length - 1);
  aim(open[place], held.minutes + minutes);
  held.column?.scrollIntoView({ block: "nearest", inline: "nearest" });
  held.ghost.scrollIntoView({ block: "nearest" });
  tell();
}

function tell() {
  const day = held.column?.getAttribute("aria-label") ?? "";
  say(isTimed(held.item) ? `${day}, ${clock(held.minutes)}` : day);
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

document.addEventListener(
  "keydown",
  (event) => {
    if (!grid() || window.kam?.composing(event) || window.kam?.typing(event.target)) return;
    const item = event.target.closest?.("[data-entry], [data-due]");
    if (!held) {
      if (event.key !== "m" || !item || event.ctrlKey || event.metaKey) return;
      hold(item, item.closest(".hg-col"), startOf(item));
      if (held.column) say(live.dataset.times);
      else release(live.dataset.gone);
    } else if (event.key === "Escape") {
      press = null;
      release(live.dataset.gone);
    } else if (event.key === "Enter") put();
    else if (STEPS[event.key]) step(...STEPS[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

// ── A phone turns days by a stroke to the side ──────────────────────────────────────────────────────────
let stroke = null;
document.addEventListener("touchstart", (event) => {
  const hours = event.target.closest?.(".hg .k-scroll");
  const isFree = hours && hours.scrollWidth <= hours.clientWidth && event.touches.length === 1;
  stroke = isFree ? event.touches[0] : null;
}, { passive: true });
document.addEventListener("touchend", (event) => {
  const end = event.changedTouches[0];
  if (!stroke || held || swallow || !end) return;
  const [x, y] = [end.clientX - stroke.clientX, end.clientY - stroke.clientY];
  stroke = null;
  if (Math.abs(x) > 70 && Math.abs(y) < 50) one(`#agenda .k-head a[data-key="${x < 0 ? "]" : "["}"]`)?.click();
});

// ── The line of this moment goes on ─────────────────────────────────────────────────────────────────────
setInterval(() => {
  all(".hg-now").forEach((line) => {
    const now = new Date();
    line.shown ??= { at: now, minutes: 60 * Number(line.dataset.h) + Number(line.dataset.m) };
    const minutes = line.shown.minutes + Math.floor((now - line.shown.at) / 60000);
    if (minutes >= HEIGHT) line.remove();
    else Object.assign(line.dataset, { h: Math.floor(minutes / 60), m: Math.floor((minutes % 60) / 5) * 5 });
  });
}, 30000);
