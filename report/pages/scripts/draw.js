// Draw a digit: what the best network makes of it, live.
// In: the pocket network, a canvas. Out: its ten outputs and the activations of its hidden layers.

const BRUSH = 0.09; // of the canvas's side

function drawADigit(section) {
  const pocket = JSON.parse(document.getElementById("pocket").textContent);
  const network = networkOf(pocket);
  const [height, width] = pocket.image_shape;
  const pad = section.querySelector(".pad");
  const ink = pad.getContext("2d", { willReadFrequently: true });
  const answer = section.querySelector(".said");
  const bars = [...section.querySelectorAll(".outputs meter")];
  const pictures = [...section.querySelectorAll("canvas[data-layer]")];

  function look(pixels) {
    const layers = forward(pixels, network);
    const outputs = layers[2];
    const empty = pixels.every((value) => value === 0);
    const best = outputs.indexOf(Math.max(...outputs));
    answer.textContent = empty ? "Nothing drawn yet." : `The network says ${pocket.classes[best]}${shareOf(outputs)}.`;
    bars.forEach((bar, i) => {
      bar.value = empty ? 0 : outputs[i];
      bar.parentElement.classList.toggle("best", !empty && i === best);
      bar.nextElementSibling.textContent = empty ? "" : outputs[i].toFixed(3);
    });
    paint(pictures[0], pixels, width, [0, 1], scales.Greys);
    paint(pictures[1], layers[0], tileWidth(layers[0].length), range(layers[0]), scales.viridis);
    paint(pictures[2], layers[1], tileWidth(layers[1].length), range(layers[1]), scales.viridis);
  }

  function clear() {
    ink.clearRect(0, 0, pad.width, pad.height);
    look(new Float32Array(height * width));
  }

  let last = null;
  const place = (event) => {
    const box = pad.getBoundingClientRect();
    return [((event.clientX - box.left) * pad.width) / box.width, ((event.clientY - box.top) * pad.height) / box.height];
  };
  const stroke = (event) => {
    const here = place(event);
    Object.assign(ink, { lineWidth: BRUSH * pad.width, lineCap: "round", lineJoin: "round", strokeStyle: "#000" });
    ink.beginPath();
    ink.moveTo(...(last ?? here));
    ink.lineTo(...here);
    ink.stroke();
    last = here;
    look(prepared(inkOf(ink, pad), pocket));
  };
  if (pocket.drawing) {
    pad.addEventListener("pointerdown", (event) => {
      pad.setPointerCapture(event.pointerId);
      stroke(event);
    });
    pad.addEventListener("pointermove", (event) => last && stroke(event));
    for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => (last = null));
  }

  section.querySelector(".clear").addEventListener("click", clear);
  for (const button of section.querySelectorAll("button[data-example]")) {
    const stored = bytes(pocket.examples[button.dataset.example].pixels);
    const pixels = Float32Array.from(stored, (value) => value / pocket.pixel_max);
    paint(button.querySelector("canvas"), pixels, width, [0, 1], scales.Greys);
    button.addEventListener("click", () => {
      ink.clearRect(0, 0, pad.width, pad.height);
      const image = button.querySelector("canvas");
      ink.imageSmoothingEnabled = false;
      ink.drawImage(inked(image, pixels), 0, 0, pad.width, pad.height);
      look(pixels);
    });
  }
  clear();
  reveal(section);
}

// How much of all outputs the largest is. Beside outputs below zero it is no share of anything.
function shareOf(outputs) {
  const total = outputs.reduce((sum, value) => sum + value, 0);
  if (!(total > 0) || Math.min(...outputs) < 0) return "";
  return ` (${Math.round((100 * Math.max(...outputs)) / total)} % of all outputs)`;
}

// The drawing as numbers from 0 to 1, a row after the other.
function inkOf(ink, { width, height }) {
  const { data } = ink.getImageData(0, 0, width, height);
  return { side: width, values: Float32Array.from({ length: width * height }, (_, i) => data[4 * i + 3] / 255) };
}

// A drawing made as the dataset's images were: its box fitted into a square, then put in the middle.
function prepared({ side, values }, { image_shape: [height, width], drawing }) {
  const pixels = new Float32Array(height * width);
  const box = boxOf(values, side);
  if (!box) return pixels;
  const size = Math.max(box.right - box.left, box.bottom - box.top) + 1;
  const step = size / drawing.size;
  const rows = Math.ceil((box.bottom - box.top + 1) / step);
  const columns = Math.ceil((box.right - box.left + 1) / step);
  const fitted = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      fitted.push(mean(values, side, box.top + row * step, box.left + column * step, step));
    }
  }
  let [middleRow, middleColumn] = [(rows - 1) / 2, (columns - 1) / 2];
  if (drawing.center === "mass") {
    const total = fitted.reduce((sum, value) => sum + value, 0);
    const moment = (of) => fitted.reduce((sum, value, i) => sum + value * of(i), 0) / total;
    middleRow = moment((i) => Math.floor(i / columns));
    middleColumn = moment((i) => i % columns);
  }
  const top = Math.round((height - 1) / 2 - middleRow);
  const left = Math.round((width - 1) / 2 - middleColumn);
  fitted.forEach((value, i) => {
    const [row, column] = [top + Math.floor(i / columns), left + (i % columns)];
    if (row >= 0 && row < height && column >= 0 && column < width) pixels[row * width + column] = value;
  });
  return pixels;
}

function boxOf(values, side) {
  let [top, left, bottom, right] = [side, side, -1, -1];
  values.forEach((value, i) => {
    if (value < 0.1) return;
    const [row, column] = [Math.floor(i / side), i % side];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
  });
  return bottom < 0 ? null : { top, left, bottom, right };
}

// Mean ink of the square at (top, left); outside the canvas there is none.
function mean(values, side, top, left, step) {
  let sum = 0;
  const [from, to] = [Math.round(left), Math.round(left + step)];
  const [above, below] = [Math.round(top), Math.round(top + step)];
  for (let row = above; row < Math.min(below, side); row++) {
    for (let column = from; column < Math.min(to, side); column++) sum += values[row * side + column];
  }
  return sum / Math.max(1, (to - from) * (below - above));
}

// An image as ink on nothing, so that the pad shows it as a drawing.
function inked({ width, height }, pixels) {
  const canvas = make("canvas", { width, height });
  const context = canvas.getContext("2d");
  const data = context.createImageData(width, height);
  pixels.forEach((value, i) => (data.data[4 * i + 3] = 255 * value));
  context.putImageData(data, 0, 0);
  return canvas;
}

{
  const section = document.getElementById("draw");
  if (section) drawADigit(section);
}
