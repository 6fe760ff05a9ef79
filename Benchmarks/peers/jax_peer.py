"""JAX: many steps in one jitted scan, whose state is donated.

    python jax_peer.py THREADS
"""

import os
import sys

THREADS = int(sys.argv[1])
# The driver gives the process as many processors as threads, and XLA takes what it is given; one thread needs no pool.
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["OMP_NUM_THREADS"] = str(THREADS)
if THREADS == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

from functools import partial

import jax
import jax.numpy as jnp

import protocol

ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": jax.nn.relu,
    "leakyrelu": partial(jax.nn.leaky_relu, negative_slope=0.01),
    # Computed with the loss.
    "sigmoid": lambda z: z,
    "softmax": lambda z: z,
}
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


class JaxCase:
    def __init__(self, case: protocol.Case):
        self.case = case
        #: As (inputs, outputs), which XLA likes better.
        self.parameters = [(jnp.asarray(w.T), jnp.asarray(b)) for w, b in case.parameters]
        self.batches = [(jnp.asarray(x), jnp.asarray(y)) for x, y in zip(case.x, case.y)]
        # Each round of the scan takes all batches in turn, unless one step is long.
        operations = sum(w.size for w, _ in self.parameters) * case.batch
        self.rounds = int(min(250, max(1, 1e8 // (operations * case.batches))))
        self.unit = self.rounds * case.batches
        self.scan = jax.jit(self._scan, donate_argnums=0)

    def forward(self, parameters, x):
        for (w, b), (_, activation) in zip(parameters, self.case.layers):
            x = ACTIVATIONS[activation](x @ w + b)
        return x

    def loss(self, parameters, x, y):
        z = self.forward(parameters, x)
        if self.case.loss == "mse":
            return jnp.mean((z - y) ** 2)
        if self.case.loss == "bce":
            return jnp.mean(jnp.sum(jax.nn.softplus(z) - y * z, 1))
        return -jnp.mean(jnp.sum(y * jax.nn.log_softmax(z), 1))

    def step(self, state, x, y):
        parameters, first, second, count = state
        loss, gradients = jax.value_and_grad(self.loss)(parameters, x, y)
        rate = self.case.rate
        if self.case.optimizer == "sgd":
            return (jax.tree.map(lambda p, g: p - rate * g, parameters, gradients), first, second, count), loss
        count = count + 1
        first = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, first, gradients)
        second = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, second, gradients)
        size = rate / (1 - BETA1**count)
        root = jnp.sqrt(1 - BETA2**count)
        parameters = jax.tree.map(
            lambda p, m, v: p - size * m / (jnp.sqrt(v) / root + EPSILON), parameters, first, second)
        return (parameters, first, second, count), loss

    def _scan(self, state, batches):
        def body(state, _):
            losses = []
            for x, y in batches:
                state, loss = self.step(state, x, y)
                losses.append(loss)
            return state, jnp.stack(losses)

        return jax.lax.scan(body, state, None, length=self.rounds)

    def start(self):
        def copy():
            return jax.tree.map(jnp.array, self.parameters)

        def zeros():
            return jax.tree.map(jnp.zeros_like, self.parameters) if self.case.optimizer == "adam" else None

        return copy(), zeros(), zeros(), jnp.float32(0)

    def check(self, steps: int):
        state = self.start()
        losses = []
        while len(losses) < steps:
            # What is compiled for this is what is timed.
            state, found = self.scan(state, self.batches)
            losses += found.reshape(-1).tolist()
        return losses[:steps]

    def run(self, seconds: float):
        state = self.start()

        def body(times: int):
            nonlocal state
            for _ in range(times // self.unit):
                state, _ = self.scan(state, self.batches)
            jax.block_until_ready(state)

        return protocol.timed(body, self.unit, seconds)


CASES: dict[str, JaxCase] = {}


def obey(command: dict) -> dict:
    name = command["case"]
    match command["op"]:
        case "load":
            CASES[name] = JaxCase(protocol.read_case(command))
            return {"modes": ["scan"]}
        case "check":
            return {"losses": CASES[name].check(command["steps"])}
        case "run":
            return CASES[name].run(command["seconds"])
    raise ValueError(f"JAX's worker does not know {command['op']}")


if __name__ == "__main__":
    protocol.serve(obey)
