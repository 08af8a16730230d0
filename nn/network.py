"""The network: forward pass, backward pass and gradients, in nine lines.

In: images X (n_images, n_pixels), one-hot targets T (n_images, n_classes), three weight matrices of
shape (fan_in, fan_out). Out: outputs, deltas, gradients. Used by training.py and inspection.py; the
report quotes the nine lines from this very file.
"""

from dataclasses import dataclass

from nn.activations import Activation, activation
from nn.losses import LOSSES, Loss
from nn.products import matmul


@dataclass(frozen=True)
class Network:
    """Three layers without biases; weights are passed in, so a network holds no state.

    All arrays of one call share a dtype: float32 in training, float64 to check gradients.
    """

    f: Activation
    g: Activation
    loss: Loss

    @classmethod
    def of(cls, choices):
        """The network that some `Hyperparameters` describe."""
        return cls(
            f=activation(choices.activation, choices.slope),
            g=activation(choices.output_activation, choices.slope),
            loss=LOSSES[choices.loss],
        )

    def forward(self, X, W1, W2, W3):
        """The outputs of the three layers, each (n_images, n_units)."""
        L1 = self.f(matmul(X, W1))
        L2 = self.f(matmul(L1, W2))
        L3 = self.g(matmul(L2, W3))
        return L1, L2, L3

    def backward(self, T, L1, L2, L3, W2, W3):
        """The loss's derivative by each layer's pre-activation, shaped like the layer's output."""
        delta3 = self.loss.delta(L3, T, self.g)
        delta2 = matmul(delta3, W3.T) * self.f.derivative(L2)
        delta1 = matmul(delta2, W2.T) * self.f.derivative(L1)
        return delta1, delta2, delta3

    def gradients(self, X, L1, L2, delta1, delta2, delta3):
        """These images' share of the gradients; W -= lr * G follows when all have been seen."""
        G1 = matmul(X.T, delta1)
        G2 = matmul(L1.T, delta2)
        G3 = matmul(L2.T, delta3)
        return G1, G2, G3
