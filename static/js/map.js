// The map of persons: larger and smaller, and dragging a card onto a boss. The list below does the same by keyboard.
const NEAR = 6; // pixels a pointer may tremble before a click becomes a drag
const STEPS = [0.4, 0.55, 0.75, 1, 1.3, 1.7];
let step = 3;
let drag = null;

const drawing = () => document.querySelector("svg.map");
const figureAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest?.(".fig");

function zoom() {
  const svg = drawing();
  if (!svg) return;
  svg.setAttribute("width", Math.round(svg.dataset.width * STEPS[step]));
  svg.setAttribute("height", Math.round(svg.dataset.height * STEPS[step]));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-zoom]");
  if (button) {
    step = Math.min(Math.max(step + Number(button.dataset.zoom), 0), STEPS.length - 1);
    zoom();
  }
  if (drag?.moved && event.target.closest?.(".fig")) event.preventDefault();
});

document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("svg.map")) event.preventDefault();
});

document.addEventListener("pointerdown", (event) => {
  const figure = event.target.closest?.(".fig[data-boss]");
  drag = null;
  if (!figure || event.button !== 0 || event.pointerType === "touch") return;
  drag = { figure, x: event.clientX, y: event.clientY, moved: false, target: null };
});

document.addEventListener("pointermove", (event) => {
  if (!drag || drag.done) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.moved && Math.hypot(dx, dy) < NEAR) return;
  drag.moved = true;
  drag.figure.classList.add("moving");
  const scale = drawing().dataset.width / drawing().getAttribute("width");
  drag.figure.setAttribute("transform", `translate(${dx * scale} ${dy * scale})`);
  const target = figureAt(event);
  if (target !== drag.target) {
    drag.target?.classList.remove("target");
    target?.classList.add("target");
    drag.target = target;
  }
});

document.addEventListener("pointerup", () => {
  if (!drag?.moved || drag.done) return;
  drag.done = true;
  const { figure, target } = drag;
  const back = () => {
    figure.classList.remove("moving");
    figure.removeAttribute("transform");
    target?.classList.remove("target");
  };
  if (!target) return back();
  const values = { version: figure.dataset.version, reports_to: target.dataset.person };
  const done = htmx.ajax("POST", figure.dataset.boss, { target: "#map", swap: "outerHTML", values });
  done.then(back, back);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drag?.moved || drag.done) return;
  drag.done = true;
  drag.figure.classList.remove("moving");
  drag.figure.removeAttribute("transform");
  drag.target?.classList.remove("target");
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "map" || event.target.querySelector?.("svg.map")) zoom();
});
