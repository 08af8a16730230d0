// The numbers behind the figures.
// In: gzipped CSV in figures. Out: a button under each, and the dialog in which it opens them as a table.

// The cells of a CSV file, row by row; a cell in quotes may hold commas, quotes and lines.
function cellsOf(csv) {
  const rows = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "\n") rows.push([]);
    if (!end) break;
  }
  return rows.filter((cells) => cells.some((cell) => cell !== ""));
}

function offerNumbers(part) {
  for (const packed of part.querySelectorAll("figcaption > .numbers")) {
    const figure = packed.closest("figure");
    const button = make("button", { type: "button", className: "numbers", textContent: "Numbers" });
    button.addEventListener("click", async () => {
      const [head, ...rows] = cellsOf(await inflated(packed.textContent));
      const row = (cells, name) => make("tr", {}, ...cells.map((textContent) => make(name, { textContent })));
      const title = figure.querySelector("figcaption b").textContent.replace(/\.$/, "");
      const close = make("button", { type: "button", textContent: "Close" });
      const dialog = make("dialog", { className: "enlarged", ariaLabel: `Numbers of ${title}` },
        close,
        make("p", { textContent: `${packed.dataset.told}.` }),
        make("table", {}, make("thead", {}, row(head, "th")), make("tbody", {}, ...rows.map((cells) => row(cells, "td")))),
      );
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => dialog.remove());
      document.body.append(dialog);
      dialog.showModal();
    });
    toolsOf(figure).append(button);
  }
}

prepare(offerNumbers);
