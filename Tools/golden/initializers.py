"""What every initializer promises, and the moments of PyTorch's own draws."""

import math

import torch
from torch.nn import init

SHAPES = [(64, 128), (128, 64), (30, 30)]
REPETITIONS = 50

# name, PyTorch's function, and the variance and the bound that the weights of a (outputs, inputs) matrix should have
CASES = [
    ("uniform", lambda w: init.uniform_(w, -1, 1), lambda o, i: (1 / 3, 1)),
    ("normal", lambda w: init.normal_(w), lambda o, i: (1, None)),
    ("truncated-normal", lambda w: init.trunc_normal_(w, a=-2, b=2), lambda o, i: (truncated(), 2)),
    ("xavier-uniform", init.xavier_uniform_, lambda o, i: (2 / (i + o), math.sqrt(6 / (i + o)))),
    ("xavier-normal", init.xavier_normal_, lambda o, i: (2 / (i + o), None)),
    ("he-uniform", lambda w: init.kaiming_uniform_(w, nonlinearity="relu"), lambda o, i: (2 / i, math.sqrt(6 / i))),
    ("he-normal", lambda w: init.kaiming_normal_(w, nonlinearity="relu"), lambda o, i: (2 / i, None)),
    (
        "lecun-uniform",
        lambda w: init.kaiming_uniform_(w, nonlinearity="linear"),
        lambda o, i: (1 / i, math.sqrt(3 / i)),
    ),
    ("lecun-normal", lambda w: init.kaiming_normal_(w, nonlinearity="linear"), lambda o, i: (1 / i, None)),
    ("orthogonal", init.orthogonal_, lambda o, i: (1 / max(o, i), 1)),
    ("zeros", init.zeros_, lambda o, i: (0, 0)),
]


def truncated():
    """The variance of a normal distribution cut at two standard deviations."""
    density = math.exp(-2) / math.sqrt(2 * math.pi)
    return 1 - 4 * density / math.erf(2 / math.sqrt(2))


def vectors():
    entries = []
    for name, draw, promise in CASES:
        for outputs, inputs in SHAPES:
            values = torch.stack([draw(torch.empty(outputs, inputs)) for _ in range(REPETITIONS)])
            variance, bound = promise(outputs, inputs)
            entries.append(
                {
                    "name": name,
                    "outputs": outputs,
                    "inputs": inputs,
                    "variance": variance,
                    "bound": bound,
                    "sampleMean": values.mean().item(),
                    "sampleVariance": (values**2).mean().item(),
                    "sampleFourthMoment": (values**4).mean().item(),
                    "sampleLargest": values.abs().max().item(),
                }
            )
    return {"repetitions": REPETITIONS, "initializers": entries}
