"""The learning rates of a hundred steps under PyTorch's schedulers, from a base rate of 0.1."""

import math

import torch
from torch.optim import lr_scheduler as S

BASE = 0.1
METRICS = [round(1 / (1 + 0.3 * min(i, 12)) + 0.05 * math.sin(i), 6) for i in range(60)] + [0.1] * 20 + [0.05] * 20

CASES = [
    ("constant", lambda o: S.ConstantLR(o, factor=1.0)),
    ("step", lambda o: S.StepLR(o, 10, 0.5)),
    ("exponential", lambda o: S.ExponentialLR(o, 0.95)),
    ("cosine", lambda o: S.CosineAnnealingLR(o, 100)),
    ("cosine-restarts", lambda o: S.CosineAnnealingWarmRestarts(o, 10, 2, eta_min=0.001)),
    ("one-cycle", lambda o: S.OneCycleLR(o, max_lr=BASE, total_steps=100)),
    ("polynomial", lambda o: S.PolynomialLR(o, total_iters=50, power=2.0)),
    (
        "exponential-warmed-up",
        lambda o: S.SequentialLR(
            o, [S.LinearLR(o, 0.1, total_iters=10), S.ExponentialLR(o, 0.95)], milestones=[10]
        ),
    ),
    (
        "cosine-warmed-up",
        lambda o: S.SequentialLR(
            o, [S.LinearLR(o, 0.1, total_iters=10), S.CosineAnnealingLR(o, 90)], milestones=[10]
        ),
    ),
]


def optimizer():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], BASE)


def vectors():
    entries = []
    for name, make in CASES:
        o = optimizer()
        scheduler = make(o)
        rates = []
        for step in range(100):
            rates.append(o.param_groups[0]["lr"])
            o.step()
            if step < 99:
                scheduler.step()
        entries.append({"name": name, "rates": rates})
    o = optimizer()
    plateau = S.ReduceLROnPlateau(o, factor=0.5, patience=3, threshold=1e-4, cooldown=2, min_lr=0.001)
    rates = []
    for metric in METRICS:
        plateau.step(metric)
        rates.append(o.param_groups[0]["lr"])
    entries.append({"name": "plateau", "metrics": METRICS, "rates": rates})
    return {"base": BASE, "schedules": entries}
