"""Losses of batches and their gradients by the pre-activations of the last layer."""

import torch
from torch.nn import functional as F

ROWS, COLUMNS = 4, 3


def quantile(output, target, q):
    """The pinball loss, which PyTorch has not."""
    return torch.maximum(q * (target - output), (1 - q) * (output - target))


def log_cosh(output, target):
    """log cosh, which PyTorch has not, from |d| so that nothing overflows."""
    distance = (output - target).abs()
    return distance + F.softplus(-2 * distance, threshold=1e9) - torch.log(torch.tensor(2.0))


def smooth(target, smoothing, classes):
    return target * (1 - smoothing) + smoothing / classes


# Each takes outputs (or logits) and targets, both (rows, columns), and gives a loss for each row.
LOSSES = [
    ("squared-error", None, lambda o, t: F.mse_loss(o, t, reduction="none").sum(1)),
    ("mean-squared-error", None, lambda o, t: F.mse_loss(o, t, reduction="none").mean(1)),
    ("mean-absolute-error", None, lambda o, t: F.l1_loss(o, t, reduction="none").mean(1)),
    ("huber", 1.0, lambda o, t: F.huber_loss(o, t, reduction="none", delta=1.0).mean(1)),
    ("huber", 0.5, lambda o, t: F.huber_loss(o, t, reduction="none", delta=0.5).mean(1)),
    ("quantile", 0.5, lambda o, t: quantile(o, t, 0.5).mean(1)),
    ("quantile", 0.875, lambda o, t: quantile(o, t, 0.875).mean(1)),
    ("log-cosh", None, lambda o, t: log_cosh(o, t).mean(1)),
    ("poisson", None, lambda o, t: F.poisson_nll_loss(o, t, log_input=True, reduction="none").mean(1)),
    ("hinge", None, lambda o, t: torch.clamp(1 - torch.where(t > 0, 1.0, -1.0) * o, min=0).mean(1)),
]


def binary(smoothing):
    return lambda z, t: F.binary_cross_entropy_with_logits(z, smooth(t, smoothing, 2), reduction="none").sum(1)


def categorical(smoothing):
    return lambda z, t: F.cross_entropy(z, smooth(t, smoothing, t.shape[1]), reduction="none")


def entry(name, parameter, function, activation, outputs, targets, weights):
    z = outputs.clone().requires_grad_()
    rows = function(z, targets)
    share = torch.ones(len(rows)) if weights is None else weights
    value = (rows * share).sum() / share.sum()
    (gradient,) = torch.autograd.grad(value, z)
    return {
        "name": name,
        "parameter": parameter,
        "activation": activation,
        "rows": z.shape[0],
        "columns": z.shape[1],
        "outputs": z.flatten().tolist(),
        "targets": targets.flatten().tolist(),
        "weights": None if weights is None else weights.tolist(),
        "value": value.item(),
        "gradient": gradient.flatten().tolist(),
    }


def vectors():
    generator = torch.Generator().manual_seed(1)

    def draw(scale):
        values = torch.randn(ROWS, COLUMNS, generator=generator, dtype=torch.float64) * scale
        return values.float().double()

    weights = torch.tensor([1.0, 0.0, 2.5, 0.5])
    entries = []
    for name, parameter, function in LOSSES:
        targets = draw(1)
        if name == "poisson":
            targets = targets.abs()
        if name == "hinge":
            targets = torch.where(targets > 0, 1.0, -1.0)
        for scale in (1, 30 if name != "poisson" else 3):
            outputs = draw(scale)
            for choice in (None, weights):
                entries.append(entry(name, parameter, function, "linear", outputs, targets, choice))
    hard = torch.eye(COLUMNS)[torch.tensor([0, 2, 1, 1])]
    soft = torch.tensor([[0.5, 0.25, 0.25], [0.125, 0.75, 0.125], [1.0, 0.0, 0.0], [0.25, 0.25, 0.5]])
    extreme = torch.tensor([[50.0, -50.0, 0.0], [1000.0, -1000.0, 999.0], [-1000.0, -1000.0, -1000.0], [0.0, 0.0, 50.0]])
    for name, make, activation in (
        ("binary-cross-entropy", binary, "sigmoid"),
        ("cross-entropy", categorical, "softmax"),
    ):
        for smoothing in (0.0, 0.125):
            for targets in (hard, soft):
                for outputs in (draw(1), draw(10), extreme):
                    for choice in (None, weights):
                        entries.append(entry(name, smoothing, make(smoothing), activation, outputs, targets, choice))
    return {"losses": entries}
