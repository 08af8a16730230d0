// The table of runs sorts by any column and shows the rows that hold some words.
// In: the table, sorted by accuracy as the report writes it. Out: buttons in its head, a search field.

// Words in their natural order: epoch 9 before epoch 10.
const natural = new Intl.Collator("en", { numeric: true });

// What a cell says first, as report/labels.py writes numbers (1 234, −3.1e−7, ∞, 1/3), or NaN.
function numberIn(text) {
  const plain = text.replace(/(?<=\d)\u202f(?=\d{3})/g, "").replaceAll("−", "-").replace("∞", "Infinity");
  const found = /^(-?(?:Infinity|\d+(?:\.\d+)?(?:e-?\d+)?))(?:\/(\d+))?(?=$|[\s%(])/.exec(plain);
  return found ? found[1] / (found[2] ?? 1) : NaN;
}

// Numbers before words before nothing, whichever way each of them goes.
function compareCells(a, b, way) {
  const [x, y] = [numberIn(a), numberIn(b)];
  const rank = (text, number) => (!Number.isNaN(number) ? 0 : text === "" || text === "–" ? 2 : 1);
  const apart = rank(a, x) - rank(b, y);
  if (apart) return apart;
  return way * (Number.isNaN(x) ? natural.compare(a, b) : Math.sign(x - y) || 0);
}

function makeSortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  heads.forEach((head, column) => {
    const button = make("button", { type: "button" }, ...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const said = (row) => row.cells[column].textContent.trim();
      body.append(...[...body.rows].sort((a, b) => compareCells(said(a), said(b), down ? -1 : 1)));
    });
  });
}

function makeSearchable(table) {
  const rows = [...table.tBodies[0].rows];
  const field = make("input", { type: "search", id: "search-runs", autocomplete: "off" });
  const label = make("label", { htmlFor: field.id, textContent: "Show runs with" });
  const count = make("output", { htmlFor: field.id });
  const show = () => {
    showMatching(rows, field.value);
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = `${shown} of ${rows.length}`;
  };
  // A number in the text leads to its row, which a search may have hidden.
  addEventListener("hashchange", () => {
    const row = document.getElementById(location.hash.slice(1));
    if (row?.hidden) {
      field.value = "";
      show();
      row.scrollIntoView();
    }
  });
  field.addEventListener("input", show);
  table.before(make("p", { className: "search" }, label, field, count));
  show();
}

for (const table of document.querySelectorAll("table.runs")) {
  makeSortable(table);
  makeSearchable(table);
}
