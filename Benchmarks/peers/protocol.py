"""What the driver and a worker say to each other, and what the workers in Python share.

A worker is a process that is given its number of threads, then obeys one line of JSON after the other on standard input
and answers each with one on standard output. `op` says what to do:

    load     get ready for a case: {"case": name, "schema": "2, 30 relu, 1 sigmoid", "loss": "mse", "bce" or "ce",
             "optimizer": "sgd" or "adam", "rate": …, "batch": rows, "batches": how many, "file": path}
             The answer names the ways it can be done: {"modes": ["eager", …]}; the driver takes the fastest.
    check    train some steps from the start: {"case", "mode", "steps"} → {"losses": [before each step's update]}
    run      train from the start for about so long: {"case", "mode", "seconds"} → {"microseconds": a step, "steps"}
    outputs  what the untrained network gives for the first rows: {"case", "mode", "rows"} → {"outputs": […]}
    predict  the same, timed: {"case", "mode", "rows", "seconds"} → {"microseconds": a call, "steps"}
    peak     (only ours) billions of floating-point operations a second that the processor can do

The file of a case holds single-precision numbers, the lowest byte first: for each layer its weights as (outputs,
inputs) and its biases, then the inputs of all batches, then the targets of all batches. Batches take turns.
"""

import json
import statistics
import sys
import time
import traceback
from dataclasses import dataclass

import numpy


@dataclass
class Case:
    """One case, as a worker gets it."""

    name: str
    inputs: int
    layers: list[tuple[int, str]]
    loss: str
    optimizer: str
    rate: float
    batch: int
    batches: int
    #: For each layer its weights as (outputs, inputs), and its biases.
    parameters: list[tuple[numpy.ndarray, numpy.ndarray]]
    #: (batches, batch, inputs) and (batches, batch, outputs).
    x: numpy.ndarray
    y: numpy.ndarray

    @property
    def classes(self) -> numpy.ndarray:
        """The targets as the numbers of their classes."""
        return self.y.argmax(2)

    def rows(self, count: int) -> list[numpy.ndarray]:
        """The inputs cut into pieces of so many rows, four at most: what is predicted."""
        flat = self.x.reshape(-1, self.inputs)
        return [flat[i * count:(i + 1) * count].copy() for i in range(min(4, len(flat) // count))]


def parse_schema(text: str) -> tuple[int, list[tuple[int, str]]]:
    """`2, 30 relu, 1` as (2, [(30, "relu"), (1, "linear")])."""
    first, *rest = (part.split() for part in text.split(","))
    return int(first[0]), [(int(part[0]), part[1] if len(part) > 1 else "linear") for part in rest]


def read_case(command: dict) -> Case:
    """A case from the command to load it, and from its file."""
    inputs, layers = parse_schema(command["schema"])
    floats = numpy.fromfile(command["file"], "<f4")
    position = 0

    def take(*shape: int) -> numpy.ndarray:
        nonlocal position
        count = int(numpy.prod(shape))
        position += count
        return floats[position - count:position].reshape(shape).copy()

    parameters = []
    width = inputs
    for outputs, _ in layers:
        parameters.append((take(outputs, width), take(outputs)))
        width = outputs
    batch, batches = command["batch"], command["batches"]
    x, y = take(batches, batch, inputs), take(batches, batch, width)
    if position != len(floats):
        raise ValueError(f"{command['file']} holds {len(floats)} numbers, but {position} were expected")
    return Case(
        command["case"], inputs, layers, command["loss"], command["optimizer"], command["rate"], batch, batches,
        parameters, x, y)


def timed(body, unit: int, seconds: float) -> dict:
    """Does `body(times)` for about so long; `times` is a multiple of `unit`. The median microseconds of one time.

    Between two looks at the clock lie about 10 milliseconds, so that the clock does not count.
    """
    block = 0.010
    times = unit

    def measure() -> float:
        start = time.perf_counter()
        body(times)
        return time.perf_counter() - start

    # The first time may have to get something ready.
    measure()
    start = time.perf_counter()
    elapsed = measure()
    found = [elapsed * 1e6 / times] if elapsed > block else []
    while elapsed < block / 4:
        times *= 4
        elapsed = measure()
    times = max(1, int(times / unit * (block / elapsed))) * unit
    while not found or time.perf_counter() - start < seconds:
        found.append(measure() * 1e6 / times)
    return {"microseconds": statistics.median(found), "steps": len(found) * times}


def serve(obey) -> None:
    """Answers lines with what `obey(command)` gives, until there are no more."""
    # Whatever a library prints must not come between the answers.
    answers = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        try:
            answer = obey(json.loads(line))
        except Exception as problem:
            traceback.print_exc()
            answer = {"error": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer), file=answers, flush=True)
