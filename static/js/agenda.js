// The calendar without hours: drag by mouse and touch, or hold with `m`. Every move is the same POST as the form behind “Move…”.

const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const live = one("#agenda-live");
const say = (text) => live && (live.textContent = text);
let putBack = null;
let held = null;

function send(item, cell) {
  const board = one("#agenda");
  const isDue = "due" in item.dataset;
  const form = isDue ? one("form", item) : null;
  const values = isDue
    ? Object.fromEntries(["unit", "person", "mode", "purpose"].map((name) => [name, form.elements[name].value]))
    : { entry: item.dataset.entry, version: item.dataset.version };
  values.day = cell.dataset.day;
  item.classList.add("moving");
  htmx.ajax("POST", isDue ? board.dataset.plan : board.dataset.move, { target: "#agenda", swap: "outerHTML", values }).then(() => {
    putBack = null;
    const again = one(".cal-why select, .cal-why input:not([type=hidden]), .cal-why") || one(`[data-entry="${values.entry}"]`);
    again?.focus();
  });
}

// What htmx did not swap (no connection, an error of ours) leaves the thing where it was.
function roll() {
  if (putBack) putBack();
  putBack = null;
}
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.body.addEventListener(name, roll);

// Sortable leaves empty style attributes; htmx would copy them by name, which the content security policy forbids.
document.body.addEventListener("htmx:beforeSwap", () => {
  all("#agenda [style]").forEach((element) => element.removeAttribute("style"));
});

const CELLS = ".cal-c[data-day], .cal-lc[data-day]";
const fits = (item, cell) => !("over" in cell.dataset) && (!cell.dataset.lane || item.closest(CELLS)?.dataset.lane === cell.dataset.lane || "due" in item.dataset);

// ── Mouse and touch ─────────────────────────────────────────────────────────────────────────────────────
function drag(list, put) {
  new Sortable(list, {
    group: { name: "agenda", put },
    draggable: "[data-entry], [data-due]",
    filter: "details, button, input, select",
    preventOnFilter: false,
    animation: 120,
    delay: 180,
    delayOnTouchOnly: true,
    sort: false,
    onStart: () => one("#agenda").classList.add("dragging"),
    onMove: (event) => put && event.to.matches(CELLS) ? !("over" in event.to.dataset) : event.to.matches(CELLS),
    onEnd: (event) => {
      one("#agenda").classList.remove("dragging");
      if (event.from === event.to) return;
      const { item, from, to } = event;
      const lane = from.dataset.lane;
      putBack = () => {
        from.append(item);
        item.classList.remove("moving");
      };
      if (lane && to.dataset.lane && lane !== to.dataset.lane) roll();
      else send(item, to);
    },
  });
}

// ── Keys: m holds, arrows choose, Enter puts, Esc lets go ───────────────────────────────────────────────
function release(text) {
  if (!held) return;
  held.item.classList.remove("held");
  all(".target").forEach((cell) => cell.classList.remove("target"));
  held = null;
  if (text) say(text);
}

function aim(place) {
  const cell = held.cells[Math.min(Math.max(place, 0), held.cells.length - 1)];
  all(".target").forEach((other) => other.classList.remove("target"));
  Object.assign(held, { place: held.cells.indexOf(cell), cell });
  cell.classList.add("target");
  cell.scrollIntoView({ block: "nearest" });
  say(cell.getAttribute("aria-label"));
}

function hold(item) {
  const own = item.closest(CELLS);
  const cells = all(CELLS).filter((cell) => cell === own || fits(item, cell));
  if (!cells.length) return;
  held = { item, cells };
  item.classList.add("held");
  aim(own ? cells.indexOf(own) : 0);
  say(live.dataset.held);
}

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

document.addEventListener(
  "keydown",
  (event) => {
    if (window.kam?.composing(event) || window.kam?.typing(event.target)) return;
    if (!held) {
      const item = event.target.closest?.("[data-entry], [data-due]");
      if (event.key === "m" && item && !one("#agenda .hg") && !event.ctrlKey && !event.metaKey) {
        hold(item);
        event.preventDefault();
        event.stopPropagation();
      }
      return;
    }
    if (event.key === "Escape") release(live.dataset.gone);
    else if (event.key === "Enter") {
      const { item, cell } = held;
      release("");
      if (!cell.contains(item)) send(item, cell);
    } else if (STEPS[event.key]) aim(held.place + STEPS[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

// ── Whenever the calendar was drawn ─────────────────────────────────────────────────────────────────────
function wire(root) {
  const board = root.id === "agenda" ? root : one("#agenda", root);
  if (!board) return;
  if (window.Sortable && !one(".hg", board) && one("[data-entry], [data-due]", board)) {
    all(CELLS, board).forEach((cell) => drag(cell, !("over" in cell.dataset)));
    all(".props ul", board).forEach((list) => drag(list, false));
  }
  all("select[name=whose]", board).forEach((select) => {
    select.addEventListener("change", () => select.form.requestSubmit());
    one("button", select.form).hidden = true;
  });
}

document.body.addEventListener("htmx:load", (event) => wire(event.detail.elt));
wire(document.body);
