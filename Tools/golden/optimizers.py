"""Twenty steps of every optimizer on one fixed problem, in PyTorch's words and with its defaults unless listed."""

import numpy
import torch

SHOWN = (1, 2, 3, 5, 10, 20)


class Lion(torch.optim.Optimizer):
    """The update of Chen et al. 2023, algorithm 2; PyTorch has none."""

    def __init__(self, parameters, lr, betas):
        super().__init__(parameters, {"lr": lr, "betas": betas})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            low, high = group["betas"]
            for p in group["params"]:
                state = self.state[p]
                momentum = state.setdefault("momentum", torch.zeros_like(p))
                p -= group["lr"] * torch.sign(low * momentum + (1 - low) * p.grad)
                momentum.mul_(high).add_(p.grad, alpha=1 - high)


O = torch.optim
# name, settings that Swift is to be given, and the optimizer from its weights and its biases
CASES = [
    ("sgd", {"rate": 0.1}, lambda w, b: O.SGD(w + b, 0.1)),
    ("momentum", {"rate": 0.05}, lambda w, b: O.SGD(w + b, 0.05, momentum=0.9)),
    ("nesterov", {"rate": 0.05}, lambda w, b: O.SGD(w + b, 0.05, momentum=0.9, nesterov=True)),
    ("adagrad", {"rate": 0.1}, lambda w, b: O.Adagrad(w + b, 0.1)),
    ("adadelta", {"rate": 1.0}, lambda w, b: O.Adadelta(w + b, 1.0)),
    ("rmsprop", {"rate": 0.01}, lambda w, b: O.RMSprop(w + b, 0.01)),
    ("centered-rmsprop", {"rate": 0.01}, lambda w, b: O.RMSprop(w + b, 0.01, centered=True)),
    ("adam", {"rate": 0.01}, lambda w, b: O.Adam(w + b, 0.01)),
    (
        "adamw",
        {"rate": 0.01, "weightDecay": 0.1},
        lambda w, b: O.AdamW([{"params": w, "weight_decay": 0.1}, {"params": b, "weight_decay": 0.0}], 0.01),
    ),
    ("adamax", {"rate": 0.02}, lambda w, b: O.Adamax(w + b, 0.02)),
    ("amsgrad", {"rate": 0.01}, lambda w, b: O.Adam(w + b, 0.01, amsgrad=True)),
    # With the betas' defaults twenty steps are too few for a maximum to differ from the mean.
    ("amsgrad", {"rate": 0.02, "beta2": 0.8}, lambda w, b: O.Adam(w + b, 0.02, betas=(0.9, 0.8), amsgrad=True)),
    ("nadam", {"rate": 0.02}, lambda w, b: O.NAdam(w + b, 0.02)),
    ("radam", {"rate": 0.02}, lambda w, b: O.RAdam(w + b, 0.02)),
    ("lion", {"rate": 0.001}, lambda w, b: Lion(w + b, 0.001, (0.9, 0.99))),
    ("sgd", {"rate": 0.1, "l1": 0.01}, lambda w, b: O.SGD(w + b, 0.1)),
    ("sgd", {"rate": 0.1, "l2": 0.01}, lambda w, b: O.SGD(w + b, 0.1)),
    ("adam", {"rate": 0.01, "l1": 0.001, "l2": 0.002}, lambda w, b: O.Adam(w + b, 0.01)),
    ("sgd", {"rate": 0.1, "clipNorm": 0.25}, lambda w, b: O.SGD(w + b, 0.1)),
    ("sgd", {"rate": 0.1, "clipValue": 0.05}, lambda w, b: O.SGD(w + b, 0.1)),
    ("adam", {"rate": 0.01, "biasRate": 0.03}, lambda w, b: O.Adam([{"params": w}, {"params": b, "lr": 0.03}], 0.01)),
]


def vectors():
    generator = torch.Generator().manual_seed(2)

    def draw(*shape):
        return torch.randn(*shape, generator=generator, dtype=torch.float64).mul(0.7).float().double()

    start = [draw(4, 3), draw(4), draw(2, 4), draw(2)]
    x, y = draw(8, 3), draw(8, 2)
    entries = []
    for name, settings, make in CASES:
        w0, b0, w1, b1 = parameters = [p.clone().requires_grad_() for p in start]
        optimizer = make([w0, w1], [b0, b1])
        steps = []
        for number in range(1, 21):
            optimizer.zero_grad()
            output = torch.tanh(x @ w0.T + b0) @ w1.T + b1
            loss = ((output - y) ** 2).mean()
            for w in (w0, w1):
                loss = loss + settings.get("l1", 0) * w.abs().sum() + settings.get("l2", 0) * (w**2).sum()
            loss.backward()
            if "clipNorm" in settings:
                torch.nn.utils.clip_grad_norm_(parameters, settings["clipNorm"])
            if "clipValue" in settings:
                torch.nn.utils.clip_grad_value_(parameters, settings["clipValue"])
            optimizer.step()
            if number in SHOWN:
                flat = [value for p in parameters for value in p.detach().flatten().tolist()]
                steps.append({"step": number, "parameters": flat})
        entries.append({"name": name, "settings": settings, "steps": steps})
    design = numpy.column_stack([x.numpy(), numpy.ones(8)])
    solution = numpy.linalg.lstsq(design, y.numpy(), rcond=None)[0]
    squares = {
        "parameters": solution[:3].T.flatten().tolist() + solution[3].tolist(),
        "loss": float(((design @ solution - y.numpy()) ** 2).mean()),
    }
    problem = {"start": [v for p in start for v in p.flatten().tolist()], "x": x.flatten(), "y": y.flatten()}
    return {"problem": problem, "leastSquares": squares, "optimizers": entries}
