// The week board: drag by mouse and touch, or hold a card with `m`. Every move is the same POST as the card's own form.

const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const live = one("#planner-live");
const say = (text) => live && (live.textContent = text);
let putBack = null;
let held = null;

function send(card, cell) {
  const values = { version: card.dataset.version, day: cell.dataset.day, half_day: cell.dataset.half };
  const id = card.id;
  card.classList.add("moving");
  htmx.ajax("POST", card.dataset.move, { target: "#planner", swap: "outerHTML", values }).then(() => {
    putBack = null;
    const again = one(".why input:not([type=hidden]), .why button") || one(`#${id}`);
    again?.focus();
  });
}

// What htmx did not swap (no connection, an error of ours) leaves the card where it was.
function roll() {
  if (putBack) putBack();
  putBack = null;
}
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.body.addEventListener(name, roll);

// Sortable leaves empty style attributes; htmx would copy them by name, which the content security policy forbids.
document.body.addEventListener("htmx:beforeSwap", () => {
  all("#planner [style]").forEach((element) => element.removeAttribute("style"));
});

// ── Mouse and touch ─────────────────────────────────────────────────────────────────────────────────────
function drag(cell) {
  new Sortable(cell, {
    group: "week",
    draggable: ".pc.movable",
    filter: "details, button, input, select, .why",
    preventOnFilter: false,
    animation: 120,
    delay: 180,
    delayOnTouchOnly: true,
    sort: false,
    onStart: () => one(".wgrid").classList.add("dragging"),
    onMove: (event) => !("over" in event.to.dataset),
    onEnd: (event) => {
      one(".wgrid").classList.remove("dragging");
      if (event.from === event.to) return;
      const { item, from } = event;
      putBack = () => {
        from.prepend(item);
        item.classList.remove("moving");
      };
      send(item, event.to);
    },
  });
}

// ── Keys: m holds, arrows choose, Enter puts, Esc lets go ───────────────────────────────────────────────
const cells = () => all(".wcol:not(.halves)").map((day) => all(".cell", day));

function release(text) {
  if (!held) return;
  held.card.classList.remove("held");
  all(".cell.target").forEach((cell) => cell.classList.remove("target"));
  held = null;
  if (text) say(text);
}

function aim(day, half) {
  const days = cells();
  const column = Math.min(Math.max(day, 0), days.length - 1);
  const row = Math.min(Math.max(half, 0), 1);
  all(".cell.target").forEach((cell) => cell.classList.remove("target"));
  const cell = days[column][row];
  Object.assign(held, { day: column, half: row, cell });
  cell.classList.add("target");
  cell.scrollIntoView({ block: "nearest" });
  say(`${cell.closest(".wcol").getAttribute("aria-label")} · ${cell.getAttribute("aria-label")}`);
}

function hold(card) {
  const days = cells();
  const day = days.findIndex((halves) => halves.some((cell) => cell.contains(card)));
  const half = days[day].findIndex((cell) => cell.contains(card));
  held = { card };
  card.classList.add("held");
  aim(day, half);
  say(live.dataset.held);
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

document.addEventListener(
  "keydown",
  (event) => {
    if (window.kam?.composing(event) || window.kam?.typing(event.target)) return;
    if (!held) {
      const card = event.target.closest?.(".pc.movable");
      if (event.key === "m" && card && !event.ctrlKey && !event.metaKey) {
        hold(card);
        event.preventDefault();
        event.stopPropagation();
      }
      return;
    }
    if (event.key === "Escape") release(live.dataset.gone);
    else if (event.key === "Enter") {
      const { card, cell } = held;
      release("");
      if (!cell.contains(card)) send(card, cell);
    } else if (STEPS[event.key]) aim(held.day + STEPS[event.key][0], held.half + STEPS[event.key][1]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

// ── Whenever the board was drawn ────────────────────────────────────────────────────────────────────────
function wire(root) {
  const board = root.id === "planner" ? root : one("#planner", root);
  if (!board) return;
  if (window.Sortable && one("[data-move]", board)) all(".cell[data-day]:not([data-over])", board).forEach(drag);
  all("select[name=user]", board).forEach((select) => {
    select.addEventListener("change", () => select.form.requestSubmit());
    one("button", select.form).hidden = true;
  });
}

document.body.addEventListener("htmx:load", (event) => wire(event.detail.elt));
wire(document.body);
