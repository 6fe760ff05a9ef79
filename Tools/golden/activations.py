"""Values and derivatives of every activation, from PyTorch's functions and its automatic differentiation."""

import math

import torch
from torch.nn import functional as F

MAGNITUDES = (
    [0.0, 1e-40, 1e-30, 1e-8, 1e-3]
    + [0.1 + 0.25 * i for i in range(24)]
    + [0.5, 1.0, 3.0, 10.0, 20.0, 50.0, 88.0, 100.0, 1e4, 1e30, math.inf]
)



def tanh_argument(x):
    return math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)


def without_cancellation(x, value, approximate):
    """GELU in a form that keeps its digits far below zero, where PyTorch's own takes 1 from 1; elsewhere they must agree."""
    theirs = F.gelu(x, approximate=approximate)
    finite = torch.isfinite(x) & torch.isfinite(value)
    assert torch.allclose(value[finite], theirs[finite], rtol=1e-13, atol=1e-15)
    return value


FUNCTIONS = [
    ("linear", None, lambda x: x * 1),
    ("relu", None, F.relu),
    ("leakyrelu", 0.01, lambda x: F.leaky_relu(x, 0.01)),
    ("leakyrelu", 0.25, lambda x: F.leaky_relu(x, 0.25)),
    ("elu", 1.0, lambda x: F.elu(x, 1.0)),
    ("elu", 0.5, lambda x: F.elu(x, 0.5)),
    ("selu", None, F.selu),
    ("gelu", None, lambda x: without_cancellation(x, x * 0.5 * torch.special.erfc(-x / math.sqrt(2)), "none")),
    ("gelutanh", None, lambda x: without_cancellation(x, x * torch.sigmoid(2 * tanh_argument(x)), "tanh")),
    ("silu", None, F.silu),
    ("softplus", None, lambda x: F.softplus(x, threshold=1e9)),  # by default it turns linear at 20
    ("softsign", None, F.softsign),
    ("sigmoid", None, torch.sigmoid),
    ("hardsigmoid", None, F.hardsigmoid),
    ("tanh", None, torch.tanh),
]

# Where the value or the derivative is a product of zero and infinity, PyTorch says NaN. The limits, by mathematics.
LIMITS = {
    "gelu": ((0.0, math.inf), (0.0, 1.0)),
    "gelutanh": ((0.0, math.inf), (0.0, 1.0)),
    "silu": ((0.0, math.inf), (0.0, 1.0)),
    "softplus": ((0.0, math.inf), (0.0, 1.0)),
    "softsign": ((-1.0, 1.0), (0.0, 0.0)),
    "elu": ((None, None), (0.0, 1.0)),
    "selu": ((None, None), (0.0, None)),
}


def limit(name, x, kind):
    side = 0 if x < 0 else 1
    found = LIMITS.get(name, ((None, None), (None, None)))[kind][side]
    if found is None:
        raise SystemExit(f"{name} at {x} is NaN in PyTorch, and no limit is known")
    return found


def vectors():
    grid = torch.tensor([s * m for m in MAGNITUDES for s in (1.0, -1.0)]).float().double()
    entries = []
    for name, parameter, function in FUNCTIONS:
        x = grid.clone().requires_grad_()
        value = function(x)
        (gradient,) = torch.autograd.grad(value.sum(), x)
        value, gradient = value.tolist(), gradient.tolist()
        limits = []
        for i, at in enumerate(grid.tolist()):
            # Products that overflow on the way to a finite limit count too.
            for kind, numbers in ((0, value), (1, gradient)):
                if math.isnan(numbers[i]):
                    numbers[i] = limit(name, at, kind)
                    limits.append(i)
        entries.append(
            {"name": name, "parameter": parameter, "value": value, "gradient": gradient, "limits": sorted(set(limits))}
        )
    return {"x": grid.tolist(), "activations": entries, "softmax": softmax()}


def softmax():
    entries = []
    for rows, columns, values in [
        (2, 3, [0.5, -1.0, 2.0, 0.0, 0.0, 0.0]),
        (2, 1, [3.0, -4.0]),
        (2, 4, [1e4, -1e4, 9999.0, 0.0, -1e30, -1e30, -1e30, -1e30]),
        (1, 3, [-math.inf, 1.0, 0.5]),
    ]:
        x = torch.tensor(values).float().double().reshape(rows, columns).requires_grad_()
        delta = torch.arange(rows * columns).double().reshape(rows, columns) * 0.5 - 1
        y = torch.softmax(x, 1)
        (gradient,) = torch.autograd.grad(y, x, delta)
        entries.append(
            {
                "rows": rows,
                "columns": columns,
                "x": x.flatten().tolist(),
                "value": y.flatten().tolist(),
                "delta": delta.flatten().tolist(),
                "gradient": gradient.flatten().tolist(),
            }
        )
    return entries
