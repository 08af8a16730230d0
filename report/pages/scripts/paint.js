// Arrays as small pictures, a square for each number, as the figures of the report show them.
// In: numbers, a colour scale, a canvas. Out: the canvas painted. Used by draw.js and explorer.js.

const scales = JSON.parse(document.getElementById("scales").textContent);

// As report/figures/panel.py lays units out: nearly square, with no fewer rows than columns.
function tileWidth(count) {
  let columns = Math.ceil(Math.sqrt(count));
  while (count % columns) columns--;
  return columns;
}

const range = (values) => [Math.min(...values), Math.max(...values)];

function paint(canvas, values, columns, [low, high], colors) {
  const rows = Math.ceil(values.length / columns);
  Object.assign(canvas, { width: columns, height: rows });
  const context = canvas.getContext("2d");
  values.forEach((value, i) => {
    const share = high > low ? (value - low) / (high - low) : 0;
    context.fillStyle = colors[Math.round(share * (colors.length - 1))];
    context.fillRect(i % columns, Math.floor(i / columns), 1, 1);
  });
}
