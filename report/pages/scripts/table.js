// The table of runs sorts by any column and shows the rows that hold some words.
// In: the table, sorted by accuracy as the report writes it. Out: buttons in its head, a search field.

function makeSortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  const value = (row, column) => {
    const text = row.cells[column].textContent.trim();
    const number = parseFloat(text.replace("−", "-"));
    return Number.isNaN(number) ? text.toLowerCase() : number;
  };
  // Numbers before words, so that a dash for "none" comes last, whichever way the numbers go.
  const compare = (a, b, way) => {
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return way * (a < b ? -1 : a > b ? 1 : 0);
  };
  heads.forEach((head, column) => {
    const button = make("button", { type: "button" }, ...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows];
      rows.sort((a, b) => compare(value(a, column), value(b, column), down ? -1 : 1));
      body.append(...rows);
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
