// The board of phases: drag by mouse and touch, or hold a card with `m`. Every move is the same POST as the card's own menu.

const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const live = one("#phases-live");
const say = (text) => live && (live.textContent = text);
let putBack = null;
let held = null;

function send(card, column) {
  const { seen, within, move } = card.dataset;
  const id = card.id;
  card.classList.add("moving");
  htmx.ajax("POST", move, { target: "#phases", swap: "outerHTML", values: { seen, within, to: column.dataset.phase } }).then(() => {
    putBack = null;
    (one("#why-reason") || one(`#${id}`))?.focus();
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
  all("#phases [style]").forEach((element) => element.removeAttribute("style"));
});

function drag(list) {
  new Sortable(list, {
    group: "phases",
    draggable: ".ph-c.movable",
    filter: "details, button, input",
    preventOnFilter: false,
    animation: 120,
    delay: 180,
    delayOnTouchOnly: true,
    sort: false,
    onEnd: ({ item, from, to, oldIndex }) => {
      if (from === to) return;
      putBack = () => {
        from.insertBefore(item, from.children[oldIndex] ?? null);
        item.classList.remove("moving");
      };
      send(item, to.closest(".ph-col"));
    },
  });
}

// ── Keys: m holds, left and right choose, Enter puts, Esc lets go ───────────────────────────────────────
const columns = () => all(".ph-col");

function release(text) {
  if (!held) return;
  held.card.classList.remove("held");
  all(".ph-col.target").forEach((column) => column.classList.remove("target"));
  held = null;
  if (text) say(text);
}

function aim(place) {
  const found = columns();
  held.place = Math.min(Math.max(place, 0), found.length - 1);
  all(".ph-col.target").forEach((column) => column.classList.remove("target"));
  held.column = found[held.place];
  held.column.classList.add("target");
  held.column.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(one("h2", held.column).textContent);
}

function hold(card) {
  held = { card };
  card.classList.add("held");
  aim(columns().findIndex((column) => column.contains(card)));
  say(live.dataset.held);
}

document.addEventListener(
  "keydown",
  (event) => {
    if (window.kam?.composing(event) || window.kam?.typing(event.target)) return;
    if (!held) {
      const card = event.target.closest?.(".ph-c.movable");
      if (event.key === "m" && card && !event.ctrlKey && !event.metaKey) {
        hold(card);
        event.preventDefault();
        event.stopPropagation();
      }
      return;
    }
    if (event.key === "Escape") release(live.dataset.gone);
    else if (event.key === "Enter") {
      const { card, column } = held;
      release("");
      if (!column.contains(card)) send(card, column);
    } else if (event.key === "ArrowLeft") aim(held.place - 1);
    else if (event.key === "ArrowRight") aim(held.place + 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

function wire(root) {
  const board = root.id === "phases" ? root : one("#phases", root);
  if (board && window.Sortable) all(".ph-l", board).forEach(drag);
}

document.body.addEventListener("htmx:load", (event) => wire(event.detail.elt));
wire(document.body);
