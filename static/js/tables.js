// On a phone a table that does not fit stands as cards: each cell beside the word of its column. Without this script it scrolls sideways.
const narrow = matchMedia("(max-width: 767.98px)");
// Calendars and comparisons are read across.
const ACROSS = ".compare, .bk, .across";

/** A head may go on from the one before it; beside its value it begins a line. */
const begun = (word) => word.charAt(0).toUpperCase() + word.slice(1);

function label(table) {
  const heads = [...table.tHead.rows[0].cells];
  const words = heads.map((head) => begun(head.getAttribute("aria-label") ?? head.textContent.trim()));
  // the first column names the row, unless another does: then it is a place in a ranking
  const isTold = heads[0]?.querySelector(".visually-hidden, .k-sr") === null;
  for (const row of [...table.tBodies, ...(table.tFoot ? [table.tFoot] : [])].flatMap((part) => [...part.rows])) {
    const isNamed = isTold && row.cells[0]?.tagName === "TD" && row.querySelector(':scope > th[scope="row"]') !== null;
    let column = 0;
    for (const cell of row.cells) {
      if ((column > 0 || isNamed) && cell.colSpan === 1 && words[column]) cell.dataset.label = words[column];
      column += cell.colSpan;
    }
  }
}

function stand() {
  for (const box of document.querySelectorAll(".table-responsive, .k-scroll")) {
    const table = box.querySelector(":scope > table");
    if (!table?.tHead || table.matches(ACROSS)) continue;
    table.classList.remove("k-stack");
    if (!narrow.matches || box.scrollWidth <= box.clientWidth + 1) continue;
    label(table);
    table.classList.add("k-stack");
  }
}

stand();
// words are wider or narrower once the page has its own letters
document.fonts.ready.then(stand);
narrow.addEventListener("change", stand);
addEventListener("resize", stand);
document.body.addEventListener("htmx:afterSettle", stand);
document.addEventListener("toggle", stand, true);
