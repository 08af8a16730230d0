// The forward pass of the best network, as in nn/network.py, for one image.
// In: what workflow/scripts/pocket.py wrote, pixels from 0 to 1. Out: the outputs of the three layers.

// The one function of a whole row; all others come as samples.
const ofARow = {
  softmax: (z) => {
    const highest = Math.max(...z);
    const e = z.map((v) => Math.exp(v - highest));
    const total = e.reduce((sum, v) => sum + v, 0);
    return e.map((v) => v / total);
  },
};

// Straight lines between the samples that report/sampled.py took, and on beyond them.
function joined({ step, values, beyond: [toLeft, toRight] }) {
  const samples = new Float32Array(bytes(values).buffer);
  const last = samples.length - 1;
  return (z) =>
    z.map((v) => {
      const place = v / step + last / 2;
      if (place <= 0) return samples[0] + toLeft * step * place;
      if (place >= last) return samples[last] + toRight * step * (place - last);
      const before = Math.floor(place);
      return samples[before] + (place - before) * (samples[before + 1] - samples[before]);
    });
}

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

function forward(X, { f, g, W1, W2, W3 }) {
  const L1 = f(times(X, W1));
  const L2 = f(times(L1, W2));
  const L3 = g(times(L2, W3));
  return [L1, L2, L3];
}

// Weights are stored as whole numbers, each matrix with a scale of its own: of 8 bits, or of 12, two digits of base64 each.
function unpacked({ shape, scale, bytes: eight, pairs }) {
  const whole = pairs ? inPairs(pairs) : new Int8Array(bytes(eight).buffer);
  return { columns: shape[1], values: Float32Array.from(whole, (value) => value * scale) };
}

function inPairs(pairs) {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const worth = new Map([...digits].map((digit, value) => [digit, value]));
  return Int16Array.from({ length: pairs.length / 2 }, (_, i) => 64 * worth.get(pairs[2 * i]) + worth.get(pairs[2 * i + 1]) - 2048);
}

const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

function networkOf(pocket) {
  const [W1, W2, W3] = pocket.weights.map(unpacked);
  const [f, g] = [pocket.f, pocket.g].map((stored) => ofARow[stored] ?? joined(stored));
  return { f, g, W1, W2, W3 };
}
