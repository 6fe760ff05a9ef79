"""PyTorch: step by step with its fused optimizers, and compiled.

    python torch_peer.py THREADS
"""

import sys
from types import FunctionType

import torch
import torch.nn.functional as F

import protocol

THREADS = int(sys.argv[1])
torch.set_num_threads(THREADS)
torch.set_num_interop_threads(1)

ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": torch.relu,
    "leakyrelu": lambda z: F.leaky_relu(z, 0.01),
    # Computed with the loss.
    "sigmoid": lambda z: z,
    "softmax": lambda z: z,
}
LOSSES = {"mse": F.mse_loss, "bce": F.binary_cross_entropy_with_logits, "ce": F.cross_entropy}
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


class TorchCase:
    def __init__(self, case: protocol.Case):
        self.case = case
        targets = case.classes if case.loss == "ce" else case.y
        self.batches = [(torch.from_numpy(x), torch.from_numpy(y)) for x, y in zip(case.x, targets)]
        self.step = None

    def parameters(self) -> list[torch.Tensor]:
        return [torch.from_numpy(array).clone() for pair in self.case.parameters for array in pair]

    def forward(self, parameters, x):
        for i, (_, activation) in enumerate(self.case.layers):
            x = ACTIVATIONS[activation](F.linear(x, parameters[2 * i], parameters[2 * i + 1]))
        return x

    def loss(self, parameters, x, y):
        return LOSSES[self.case.loss](self.forward(parameters, x), y)

    # MARK: Step by step

    def eager(self):
        """A function that trains a batch and returns its loss; PyTorch as it is written."""
        parameters = [p.requires_grad_() for p in self.parameters()]
        if self.case.optimizer == "sgd":
            optimizer = torch.optim.SGD(parameters, lr=self.case.rate, fused=True)
        else:
            optimizer = torch.optim.Adam(parameters, lr=self.case.rate, fused=True)

        def step(x, y):
            optimizer.zero_grad(set_to_none=True)
            loss = self.loss(parameters, x, y)
            loss.backward()
            optimizer.step()
            return loss.detach()

        return lambda batches: [step(x, y) for x, y in batches]

    # MARK: Compiled

    def whole_step(self, parameters, first, second, count, x, y):
        """A step as one function of tensors, for the compiler: gradients and update in one piece."""
        rate = self.case.rate
        gradients, loss = torch.func.grad_and_value(self.loss)(parameters, x, y)
        if self.case.optimizer == "sgd":
            for p, g in zip(parameters, gradients):
                p.sub_(rate * g)
            return loss
        count.add_(1)
        size = rate / (1 - BETA1**count)
        root = (1 - BETA2**count).sqrt()
        for p, g, m, v in zip(parameters, gradients, first, second):
            m.mul_(BETA1).add_(g, alpha=1 - BETA1)
            v.mul_(BETA2).addcmul_(g, g, value=1 - BETA2)
            p.sub_(size * m / (v.sqrt() / root + EPSILON))
        return loss

    def compiled(self):
        """The same, compiled."""
        if self.step is None:
            # What the compiler has made is kept with a function's code: each case gets code of its own.
            code = TorchCase.whole_step.__code__.replace(co_name=f"step_{len(CASES)}")
            self.step = torch.compile(FunctionType(code, globals()), fullgraph=True, dynamic=False)
        parameters = self.parameters()
        first, second = [torch.zeros_like(p) for p in parameters], [torch.zeros_like(p) for p in parameters]
        count = torch.zeros(())
        return lambda batches: [self.step(self, parameters, first, second, count, x, y) for x, y in batches]

    # MARK: What the driver asks for

    def start(self, mode: str):
        return self.eager() if mode == "eager" else self.compiled()

    def check(self, mode: str, steps: int) -> list[float]:
        train = self.start(mode)
        losses = []
        while len(losses) < steps:
            losses += [float(loss) for loss in train(self.batches)]
        return losses[:steps]

    def run(self, mode: str, seconds: float) -> dict:
        train = self.start(mode)

        def body(times: int):
            for _ in range(times // len(self.batches)):
                train(self.batches)

        return protocol.timed(body, len(self.batches), seconds)

    def predict(self, rows: int):
        parameters = self.parameters()
        inputs = [torch.from_numpy(x) for x in self.case.rows(rows)]
        last = self.case.layers[-1][1]

        def call(x):
            z = self.forward(parameters, x)
            return torch.sigmoid(z) if last == "sigmoid" else torch.softmax(z, 1) if last == "softmax" else z

        return call, inputs

    def outputs(self, rows: int) -> list[float]:
        with torch.inference_mode():
            call, inputs = self.predict(rows)
            return call(inputs[0]).reshape(-1).tolist()

    def time_prediction(self, rows: int, seconds: float) -> dict:
        with torch.inference_mode():
            call, inputs = self.predict(rows)

            def body(times: int):
                for _ in range(times // len(inputs)):
                    for x in inputs:
                        call(x)

            return protocol.timed(body, len(inputs), seconds)


CASES: dict[str, TorchCase] = {}


def obey(command: dict) -> dict:
    name = command["case"]
    match command["op"]:
        case "load":
            CASES[name] = TorchCase(protocol.read_case(command))
            return {"modes": ["eager", "compiled"]}
        case "check":
            return {"losses": CASES[name].check(command["mode"], command["steps"])}
        case "run":
            return CASES[name].run(command["mode"], command["seconds"])
        case "outputs":
            return {"outputs": CASES[name].outputs(command["rows"])}
        case "predict":
            return CASES[name].time_prediction(command["rows"], command["seconds"])
    raise ValueError(f"PyTorch's worker does not know {command['op']}")


if __name__ == "__main__":
    protocol.serve(obey)
