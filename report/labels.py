"""Names as people read them: choices, values, runs.

In: hyperparameters as run.json has them. Out: short texts. Used by figures and templates.
"""

from fractions import Fraction

from nn import Hyperparameters

NAMES = {
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "relu": "ReLU",
    "relu6": "ReLU6",
    "leaky_relu": "leaky ReLU",
    "softmax": "softmax",
    "squared_error": "squared error",
    "binary_cross_entropy": "cross-entropy",
    "categorical_cross_entropy": "categorical cross-entropy",
    "gated_cross_entropy": "cross-entropy reported, δ₃ gated",
    "constant": "constant",
    "cosine": "cosine",
    "cosine_warm_restarts": "cosine, warm restarts",
    "original": "true labels",
    "shuffled": "shuffled labels",
}
KEYS = {
    "learning_rate": "learning rate",
    "slope": "slope k",
    "initializer": "initialisation",
    "activation": "activation",
    "output_activation": "output activation",
    "loss": "loss",
    "schedule": "schedule",
    "labels": "labels",
    "epochs": "epochs",
    "hidden_units": "hidden units",
}


def key_label(key):
    return KEYS[key]


def number(value):
    """A number as short as it can be: 3e-5, 0.4, 1/3, 200."""
    if isinstance(value, float):
        fraction = Fraction(value).limit_denominator(12)
        if fraction.denominator in (3, 6, 7, 9) and abs(float(fraction) - value) < 1e-6:
            return str(fraction)
    text = f"{value:.6g}"
    if "e" in text or 0 < abs(value) < 1e-2:
        mantissa, exponent = f"{value:.4e}".split("e")
        return f"{float(mantissa):g}e{int(exponent)}".replace("-", "−")
    return text.replace("-", "−")


def rounded(value, digits=2):
    """A measurement with two significant digits: 0.0042, 3.1e−7, 120."""
    if value != value:
        return "not a number"
    if value in (float("inf"), float("-inf")):
        return "∞" if value > 0 else "−∞"
    if value and not 1e-4 <= abs(value) < 1e5:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    if abs(value) >= 10 ** (digits - 1):
        return f"{value:,.0f}".replace(",", "\u202f").replace("-", "−")
    return f"{value:.{digits}g}".replace("-", "−")


def value_label(key, value):
    """A value of a choice, to stand at an axis or in a legend."""
    if key == "initializer":
        return initializer_label(value)
    if key == "schedule":
        cycles = value.get("cycles", 1)
        return NAMES[value["name"]] + (f" (×{cycles})" if cycles != 1 else "")
    if key == "hidden_units":
        return " – ".join(map(str, value))
    if key == "slope":
        return f"k = {number(value)}"
    if key == "learning_rate":
        return f"lr {number(value)}"
    return number(value) if isinstance(value, int | float) else NAMES[value]


def initializer_label(spec):
    name = spec["name"]
    if name == "uniform":
        limit = number(spec["limit"])
        return f"uniform [−{limit}, {limit})"
    if name == "normal":
        return f"normal, std {number(spec['std'])}"
    if name == "lecun_normal":
        return "normal, std 1/√fan_in"
    if name == "poisson":
        scale = 1 / spec["scale"]
        by = f"/{scale:g}" if scale != 1 else ""
        return f"Poisson({number(spec['lam'])}){by}"
    if spec["mode"] == "fan_avg":
        return f"normal, std √({number(2 * spec['scale'])}/(fan_in+fan_out))"
    return f"normal, std √({number(spec['scale'])}/{spec['mode']})"


def run_label(hyperparameters):
    """A run in one line; what it shares with the assignment's network goes without saying."""
    h, standard = hyperparameters, Hyperparameters()
    activation = NAMES[h["activation"]]
    if h["slope"] != 1:
        activation += f" (k = {number(h['slope'])})"
    if h["output_activation"] != h["activation"]:
        activation += f" + {NAMES[h['output_activation']]}"
    parts = [activation, NAMES[h["loss"]], initializer_label(h["initializer"])]
    parts.append(f"lr {number(h['learning_rate'])}")
    if h["schedule"]["name"] != "constant":
        parts.append(value_label("schedule", h["schedule"]))
    if h["labels"] != standard.labels:
        parts.append(NAMES[h["labels"]])
    if tuple(h["hidden_units"]) != standard.hidden_units:
        parts.append(f"{value_label('hidden_units', h['hidden_units'])} units")
    if h["epochs"] != standard.epochs:
        parts.append(f"{h['epochs']} epochs")
    return " · ".join(parts)
