"""A training can be repeated number for number: here with NumPy, in double precision, written from the definitions."""

import numpy
import pytest
from safetensors.numpy import load_file, save_file

RELU = (lambda z: numpy.maximum(z, 0), lambda z, a: (z > 0).astype(float))
TANH = (numpy.tanh, lambda z, a: 1 - a * a)
LINEAR = (lambda z: z, lambda z, a: numpy.ones_like(z))
LEAKY = (lambda z: numpy.where(z > 0, z, 0.01 * z), lambda z, a: numpy.where(z > 0, 1, 0.01))
SIGMOID = (lambda z: 1 / (1 + numpy.exp(-z)), lambda z, a: a * (1 - a))


def softmax(z):
    e = numpy.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def train(weights, biases, activations, loss, x, y, rate, bias_rate, l2, batch_size, epochs):
    """Plain gradient descent over batches in the table's order; a smaller last batch is kept."""
    weights, biases = [w.astype(float) for w in weights], [b.astype(float) for b in biases]
    for _ in range(epochs):
        for start in range(0, len(x), batch_size):
            a = [x[start:start + batch_size]]
            target = y[start:start + batch_size]
            z = []
            for w, b, activation in zip(weights, biases, activations):
                z.append(a[-1] @ w.T + b)
                a.append(softmax(z[-1]) if activation == "softmax" else activation[0](z[-1]))
            if loss == "cross-entropy" or loss == "binary-cross-entropy":
                delta = (a[-1] - target) / len(target)
            else:
                scale = target.size if loss == "mean-squared-error" else len(target)
                delta = 2 * (a[-1] - target) / scale * activations[-1][1](z[-1], a[-1])
            for i in reversed(range(len(weights))):
                weight_gradient = delta.T @ a[i] + 2 * l2 * weights[i]
                bias_gradient = delta.sum(axis=0)
                if i > 0:
                    delta = (delta @ weights[i]) * activations[i - 1][1](z[i - 1], a[i])
                weights[i] = weights[i] - rate * weight_gradient
                biases[i] = biases[i] - bias_rate * bias_gradient
    return weights, biases


def outputs(weights, biases, activations, x):
    for w, b, activation in zip(weights, biases, activations):
        z = x @ w.T + b
        x = softmax(z) if activation == "softmax" else activation[0](z)
    return x


CASES = {
    "softmax": ("4, 6 relu, 3 softmax", [RELU, "softmax"], "cross-entropy", "species"),
    "two softmax": ("4, 5 leakyrelu, 2 softmax", [LEAKY, "softmax"], "cross-entropy", "big"),
    "sigmoid": ("4, 6 tanh, 4 relu, 1 sigmoid", [TANH, RELU, SIGMOID], "binary-cross-entropy", "big"),
    "squared sigmoid": ("4, 6 tanh, 1 sigmoid", [TANH, SIGMOID], "squared-error", "big"),
    "regression": ("4, 6 sigmoid, 5, 1", [SIGMOID, LINEAR, LINEAR], "mean-squared-error", "number"),
    "squared error": ("4, 6 relu, 1", [RELU, LINEAR], "squared-error", "number"),
}


@pytest.mark.parametrize("kernels", [None, "portable", "reference"])
@pytest.mark.parametrize("standardize", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_repeated_with_numpy(chainrule, iris, tmp_path, case, standardize, kernels):
    schema, activations, loss, kind = CASES[case]
    rows = [line.split(",") for line in iris.read_text().splitlines()[1:]]
    x = numpy.array([[float(value) for value in row[:4]] for row in rows])
    names = sorted({row[4] for row in rows})
    labels = {
        "species": [row[4] for row in rows],
        "big": ["yes" if row[4] == "virginica" else "no" for row in rows],
        "number": [str(float(row[0]) * 0.3 - float(row[3])) for row in rows],
    }[kind]
    classes = names if kind == "species" else ["no", "yes"]
    if kind == "number":
        y = numpy.array([[float(label)] for label in labels])
    elif schema.endswith("sigmoid"):
        y = numpy.array([[float(label == "yes")] for label in labels])
    else:
        y = numpy.array([[float(label == name) for name in classes] for label in labels])
    (tmp_path / "table.csv").write_text(
        "a,b,c,d,target\n" + "".join(f"{','.join(row[:4])},{label}\n" for row, label in zip(rows, labels)))

    generator = numpy.random.default_rng(5)
    sizes = [int(part.split()[0]) for part in schema.split(",")]
    start = {}
    for i, (inputs, perceptrons) in enumerate(zip(sizes, sizes[1:])):
        start[f"layers.{i}.weight"] = generator.uniform(-0.5, 0.5, (perceptrons, inputs)).astype(numpy.float32)
        start[f"layers.{i}.bias"] = generator.uniform(-0.5, 0.5, perceptrons).astype(numpy.float32)
    save_file(start, tmp_path / "start.safetensors")
    options = [] if standardize else ["--no-standardize"]
    report = chainrule(
        "train", "table.csv", "--target", "target", "--schema", schema, "--loss", loss,
        "--initial-weights", "start.safetensors", "--optimizer", "sgd", "--learning-rate", 0.01,
        "--bias-learning-rate", 0.02, "--l2", 0.003, "--batch-size", 32, "--epochs", 30, "--holdout", 0,
        "--schedule", "constant", "--validation-fraction", 0, "--no-shuffle", "--output", "end.safetensors", *options,
        kernels=kernels)

    shift, stretch = (0, 1)
    if standardize:
        # The median and the range of the middle half, then a soft limit of 3.
        low, middle, high = numpy.percentile(x, [25, 50, 75], axis=0)
        x = (x - middle) / (high - low)
        x = x / numpy.sqrt(1 + (x / 3) ** 2)
        if kind == "number":
            shift, stretch = y.mean(), y.std()
    count = len(activations)
    weights, biases = train(
        [start[f"layers.{i}.weight"] for i in range(count)], [start[f"layers.{i}.bias"] for i in range(count)],
        activations, loss, x, (y - shift) / stretch, 0.01, 0.02, 0.003, 32, 30)
    end = load_file(tmp_path / "end.safetensors")
    for i in range(count):
        assert numpy.allclose(end[f"layers.{i}.weight"], weights[i], atol=2e-5, rtol=1e-4)
        assert numpy.allclose(end[f"layers.{i}.bias"], biases[i], atol=2e-5, rtol=1e-4)
        assert not numpy.allclose(end[f"layers.{i}.weight"], start[f"layers.{i}.weight"], atol=1e-3)

    # The report's loss, in the target's own units.
    found = outputs(weights, biases, activations, x) * stretch + shift
    expected = {
        "cross-entropy": lambda: -(y * numpy.log(found)).sum(axis=1).mean(),
        "binary-cross-entropy": lambda: -(y * numpy.log(found) + (1 - y) * numpy.log(1 - found)).mean(),
        "squared-error": lambda: ((found - y) ** 2).sum(axis=1).mean(),
        "mean-squared-error": lambda: ((found - y) ** 2).mean(),
    }[loss]()
    line = next(line for line in report.splitlines() if line.startswith("loss"))
    assert float(line.split()[2]) == pytest.approx(expected, rel=2e-3)


def test_a_table_that_there_is_not_is_named_and_ignored(chainrule, iris):
    arguments = ["train", iris, "--target", "species", "--schema", "4, 5 relu, 3 softmax", "--epochs", 3, "--seed", 1]
    usual = chainrule(*arguments).split("saved")[0]
    assert "CHAINRULE_KERNELS" not in chainrule.complaints
    assert chainrule(*arguments, kernels="avx1024").split("saved")[0] == usual
    assert "CHAINRULE_KERNELS is avx1024, expected one of reference, portable, x86v3" in chainrule.complaints
