// Rows of steps: up, down, away, one more. Without it the rows can still be filled in; their order is the order they stand in.
const list = document.getElementById("steps");
const pattern = list.lastElementChild.cloneNode(true);

function show() {
  list.querySelectorAll(".step-acts").forEach((acts) => (acts.hidden = false));
  document.querySelector("[data-step-add]").hidden = false;
}

document.querySelector("[data-steps]").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const row = button?.closest(".step-row");
  if (button?.matches("[data-step-add]")) {
    const fresh = pattern.cloneNode(true);
    const number = Date.now();
    fresh.querySelectorAll("[id]").forEach((field) => (field.id = `${field.id}-${number}`));
    list.append(fresh);
    show();
    fresh.querySelector("select").focus();
  } else if (button?.matches("[data-step-drop]")) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    next?.querySelector("select").focus();
  } else if (button?.dataset.stepMove) {
    const other = button.dataset.stepMove < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (other) button.dataset.stepMove < 0 ? other.before(row) : other.after(row);
    button.focus();
  }
});

show();
