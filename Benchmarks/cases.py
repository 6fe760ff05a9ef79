"""The cases of `make bench`: what is trained and predicted, how much work that is, and how far ahead we want to be."""

from dataclasses import dataclass
from pathlib import Path

import numpy

from peers.protocol import parse_schema

@dataclass(frozen=True)
class Case:
    name: str
    schema: str
    loss: str
    optimizer: str
    rate: float
    batch: int
    #: How many times faster than the best peer, by number of threads.
    targets: dict[int, float]
    #: Whether much of the processor's peak is expected.
    is_large: bool = False
    #: So many take turns.
    batches: int = 4

    @property
    def widths(self) -> list[int]:
        inputs, layers = parse_schema(self.schema)
        return [inputs, *(outputs for outputs, _ in layers)]

    @property
    def operations(self) -> float:
        """Floating-point operations of a step's products.

        Forward, the weights' gradient, and the inputs' gradient, which the first layer does not need.
        """
        products = [a * b for a, b in zip(self.widths, self.widths[1:])]
        return 2.0 * self.batch * (3 * sum(products) - products[0])

    @property
    def forward_operations(self) -> float:
        """Those of a prediction for one row."""
        return 2.0 * sum(a * b for a, b in zip(self.widths, self.widths[1:]))

    def command(self, file: Path) -> dict:
        """What tells a worker to load the case."""
        return {
            "op": "load", "case": self.name, "schema": self.schema, "loss": self.loss, "optimizer": self.optimizer,
            "rate": self.rate, "batch": self.batch, "batches": self.batches, "file": str(file)}

    def write(self, file: Path) -> None:
        """Writes the weights to start with and the batches, which are the same for every worker and every time."""
        random = numpy.random.default_rng(7)
        parts = []
        for inputs, outputs in zip(self.widths, self.widths[1:]):
            parts.append(random.normal(0, (2 / inputs) ** 0.5, (outputs, inputs)))
            parts.append(random.normal(0, 0.1, outputs))
        rows = self.batches * self.batch
        x = random.normal(0, 1, (rows, self.widths[0]))
        # Something to learn: a fixed function of the inputs, with noise.
        z = x @ random.normal(0, self.widths[0] ** -0.5, (self.widths[0], self.widths[-1]))
        z = numpy.sin(2 * z) + random.normal(0, 0.3, z.shape)
        if self.loss == "bce":
            z = (z > 0).astype(float)
        elif self.loss == "ce":
            z = numpy.eye(self.widths[-1])[z.argmax(1)]
        numpy.concatenate([part.reshape(-1) for part in [*parts, x, z]]).astype("<f4").tofile(file)


SMALL_CLASSES = "2, 30 leakyrelu, 30 leakyrelu, 30 leakyrelu, 30, 1 sigmoid"

CASES = [
    Case("curve", "1, 3 relu, 3 relu, 3 relu, 4, 1", "mse", "sgd", 0.01, 20, {1: 8, 2: 8}),
    Case("plane-30", SMALL_CLASSES, "bce", "sgd", 0.01, 30, {1: 3, 2: 3}),
    Case("plane-256", SMALL_CLASSES, "bce", "sgd", 0.01, 256, {1: 1.6, 2: 2.5}),
    Case("digits-128", "784, 128 relu, 10 softmax", "ce", "adam", 0.001, 128, {1: 1.25, 2: 1.25}, True),
    Case("digits-512", "784, 512 relu, 512 relu, 10 softmax", "ce", "adam", 0.0002, 128, {1: 1.2, 2: 1.2}, True),
    Case(
        "wide-2048", "1024, 2048 relu, 2048 relu, 2048 relu, 1024", "mse", "adam", 0.0001, 256, {1: 1.03, 2: 1.03},
        True, batches=2),
]

#: What is predicted: a case, and rows at a time. One row is for one thread.
PREDICTIONS = [(case, 256 if case.is_large else 1) for case in CASES if case.name != "plane-256"]
#: How many times faster than the best peer, by rows at a time.
PREDICTION_TARGETS = {1: 5.0, 256: 1.1}
#: The least fraction of the peak, on one thread, and the least gain by a second one: for large cases.
PEAK_TARGET, SPEEDUP_TARGET = 0.83, 1.8

#: The name under which the time to quality can be asked for.
QUALITY = "fashion"
#: Test accuracy to reach.
QUALITY_ACCURACY = 0.88
#: How many times faster than the better peer; at most so much of PyTorch's memory.
QUALITY_TARGET, MEMORY_TARGET = 1.5, 0.5
