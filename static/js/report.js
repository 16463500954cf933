// The visit report: one step a screen on the telephone, and lines that differ from the earlier visit stand out.

const form = document.querySelector("form[data-report]");
const sections = [...form.querySelectorAll(".sec")];
const links = [...document.querySelectorAll("[data-steps] a")];
const bar = form.querySelector(".vr-bar");
const narrow = matchMedia("(max-width: 767.98px)");
let at = 0;

function show(step) {
  at = Math.max(0, Math.min(sections.length - 1, step));
  sections.forEach((section, number) => section.classList.toggle("cur", number === at));
  links.forEach((link, number) => {
    link.parentElement.classList.toggle("cur", number === at);
    link.parentElement.classList.toggle("done", number < at);
    if (number === at) link.parentElement.setAttribute("aria-current", "step");
    else link.parentElement.removeAttribute("aria-current");
  });
  bar.querySelector('[data-step="1"]').disabled = at === sections.length - 1;
  bar.querySelector('[data-step="-1"]').disabled = at === 0;
}

links.forEach((link, number) =>
  link.addEventListener("click", (event) => {
    show(number);
    if (narrow.matches) event.preventDefault();
  }),
);
bar.addEventListener("click", (event) => {
  const step = Number(event.target.closest("[data-step]")?.dataset.step ?? 0);
  if (step) {
    show(at + step);
    window.scrollTo({ top: 0 });
  }
});

// Four questions want an answer; one tap says of the empty ones that there was none.
const fill = form.querySelector("[data-fill]");
fill.hidden = false;
fill.addEventListener("click", () => {
  const empty = [...form.querySelectorAll("#s-market textarea")].filter((field) => !field.value.trim());
  empty.forEach((field) => (field.value = fill.dataset.fill));
  form.dispatchEvent(new Event("input", { bubbles: true }));
});

function mark(line) {
  const fields = [...line.querySelectorAll(".vr-2 [name]")];
  const radio = fields.some((field) => field.type === "radio");
  const now = radio ? fields.find((field) => field.checked)?.value ?? "" : fields.map((field) => field.value.replace(/[,，]/g, "")).join("|");
  const filled = now.replaceAll("|", "") !== "";
  line.classList.toggle("changed", filled && now !== line.dataset.first);
  line.toggleAttribute("data-filled", filled);
}

const lines = [...form.querySelectorAll("[data-line]")];

// Each head says how much of its lines, down to the next head, is filled in.
function tally() {
  for (const told of form.querySelectorAll("[data-answered]")) {
    let filled = 0;
    for (let next = told.closest("header").nextElementSibling; next && next.tagName !== "HEADER"; next = next.nextElementSibling) filled += next.matches("[data-filled]") ? 1 : 0;
    told.textContent = filled;
  }
}
const markAll = () => {
  lines.forEach(mark);
  tally();
};
form.addEventListener("input", (event) => {
  const line = event.target.closest("[data-line]");
  if (line) {
    mark(line);
    tally();
  }
});
form.addEventListener("kam:restored", markAll);
markAll();
const wrong = sections.findIndex((section) => section.querySelector(".vl-err"));
show(wrong > 0 ? wrong : 1); // the first screen has nothing to fill in
