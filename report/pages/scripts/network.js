// The forward pass of the best network, as in nn/network.py, for one image.
// In: what workflow/scripts/pocket.py wrote, pixels from 0 to 1. Out: the outputs of the three layers.

const activations = {
  sigmoid: (z, k) => z.map((v) => 1 / (1 + Math.exp(-k * v))),
  tanh: (z) => z.map(Math.tanh),
  relu: (z) => z.map((v) => Math.max(v, 0)),
  relu6: (z) => z.map((v) => Math.min(Math.max(v, 0), 6)),
  leaky_relu: (z) => z.map((v) => Math.max(v, 0.01 * v)),
  softmax: (z) => {
    const highest = Math.max(...z);
    const e = z.map((v) => Math.exp(v - highest));
    const total = e.reduce((sum, v) => sum + v, 0);
    return e.map((v) => v / total);
  },
};

// x of length fan_in times W of fan_in rows and fan_out columns.
function times(x, W) {
  const z = new Float32Array(W.columns);
  x.forEach((value, row) => {
    if (value === 0) return;
    const start = row * W.columns;
    for (let column = 0; column < W.columns; column++) z[column] += value * W.values[start + column];
  });
  return z;
}

function forward(X, { f, g, k, W1, W2, W3 }) {
  const L1 = f(times(X, W1), k);
  const L2 = f(times(L1, W2), k);
  const L3 = g(times(L2, W3), k);
  return [L1, L2, L3];
}

// Weights are stored as whole numbers of a type, each matrix with a scale of its own.
function unpacked({ shape, scale, values }, Whole) {
  const whole = new Whole(bytes(values).buffer);
  return { columns: shape[1], values: Float32Array.from(whole, (value) => value * scale) };
}

const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

function networkOf(pocket) {
  const [W1, W2, W3] = pocket.weights.map((W) => unpacked(W, Int16Array));
  const f = activations[pocket.activation];
  const g = activations[pocket.output_activation];
  return { f, g, k: pocket.slope, W1, W2, W3 };
}
