"""Other people's software reads our models, and theirs can be read by us."""

import json

import numpy
from safetensors import safe_open
from safetensors.numpy import load_file, save_file


def test_a_model_is_read(chainrule, iris, tmp_path):
    chainrule("train", iris, "--target", "species", "--schema", "4, 8 relu, 3 softmax", "--seed", 7,
              "--output", "model.safetensors")
    tensors = load_file(tmp_path / "model.safetensors")
    shapes = {name: tensor.shape for name, tensor in tensors.items()}
    assert shapes == {
        "layers.0.weight": (8, 4), "layers.0.bias": (8,), "layers.1.weight": (3, 8), "layers.1.bias": (3,)}
    assert all(tensor.dtype == numpy.float32 for tensor in tensors.values())
    with safe_open(tmp_path / "model.safetensors", "numpy") as file:
        metadata = file.metadata()
    assert metadata["schema"] == '[4, [8, "relu"], [3, "softmax"]]'
    assert json.loads(metadata["encoding"])["labels"] == ["setosa", "versicolor", "virginica"]
    assert metadata["seed"] == "7"


def test_the_predictions_are_those_of_the_tensors(chainrule, iris, tmp_path):
    """Scaling and weights as they stand in the file are all there is to a prediction."""
    chainrule("train", iris, "--target", "species", "--schema", "4, 8 tanh, 3 softmax", "--output", "m.safetensors")
    tensors = {name: tensor.astype(float) for name, tensor in load_file(tmp_path / "m.safetensors").items()}
    with safe_open(tmp_path / "m.safetensors", "numpy") as file:
        metadata = file.metadata()
    inputs = json.loads(metadata["encoding"])["inputs"]
    centers, scales = (numpy.array([column[key] for column in inputs]) for key in ("center", "scale"))
    x = (numpy.loadtxt(iris, delimiter=",", skiprows=1, usecols=range(4)) - centers) / scales
    x = x / numpy.sqrt(1 + (x / 3) ** 2)
    hidden = numpy.tanh(x @ tensors["layers.0.weight"].T + tensors["layers.0.bias"])
    z = hidden @ tensors["layers.1.weight"].T + tensors["layers.1.bias"]
    expected = numpy.exp(z) / numpy.exp(z).sum(axis=1, keepdims=True)
    lines = chainrule("predict", "m.safetensors", iris).splitlines()[1:]
    found = numpy.array([[float(value) for value in line.split(",")[1:]] for line in lines])
    assert numpy.allclose(found, expected, atol=2e-6)


def test_weights_from_elsewhere_are_taken(chainrule, iris, tmp_path):
    generator = numpy.random.default_rng(1)
    start = {
        "layers.0.weight": generator.normal(size=(5, 4)).astype(numpy.float32),
        "layers.0.bias": generator.normal(size=5).astype(numpy.float32),
        "layers.1.weight": generator.normal(size=(3, 5)).astype(numpy.float32),
        "layers.1.bias": generator.normal(size=3).astype(numpy.float32),
    }
    save_file(start, tmp_path / "start.safetensors")
    chainrule("train", iris, "--target", "species", "--schema", "4, 5 relu, 3 softmax", "--epochs", 0,
              "--initial-weights", "start.safetensors", "--output", "same.safetensors")
    end = load_file(tmp_path / "same.safetensors")
    assert start.keys() == end.keys()
    assert all((start[name] == end[name]).all() for name in start)
