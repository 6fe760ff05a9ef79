"""Files with the names, shapes and formats that PyTorch writes are read, and ours are what PyTorch reads.

PyTorch itself is too large for every test run. What it writes, and what its network gives, was taken once from PyTorch 2.15.0:

    nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.GELU(), nn.Linear(8, 6, bias=False), nn.LayerNorm(6),
                  nn.LeakyReLU(), nn.Linear(6, 3), nn.Softmax(dim=1))
"""

import json
import math
import os
import struct
import subprocess

import numpy
import pytest
from safetensors import SafetensorError, deserialize
from safetensors.numpy import load_file, save_file

SCHEMA = "4, 8, batchnorm gelu, 6, layernorm leakyrelu, 3 softmax"
# The floating-point tensors of its state_dict, in its order.
SHAPES = {
    "0.weight": (8, 4), "0.bias": (8,), "1.weight": (8,), "1.bias": (8,), "1.running_mean": (8,), "1.running_var": (8,),
    "3.weight": (6, 8), "4.weight": (6,), "4.bias": (6,), "6.weight": (3, 6), "6.bias": (3,),
}
# Where Chainrule counts its layers without the activations.
LAYERS = {"0": 0, "1": 1, "3": 2, "4": 3, "6": 4}
ROWS = [1, 51, 101]
# What PyTorch's network gives for these lines of iris.csv, with the parameters below.
OUTPUTS = [
    [0.2822776436805725, 0.30189019441604614, 0.41583213210105896],
    [0.2817532420158386, 0.30907562375068665, 0.4091711640357971],
    [0.2811913788318634, 0.3280681073665619, 0.3907405138015747],
]


def parameters():
    """Numbers that half precision holds exactly."""
    state = {}
    for start, (name, shape) in enumerate(SHAPES.items()):
        values = [round(512 * math.sin(start + 1.7 * i)) / 1024 for i in range(math.prod(shape))]
        state[name] = numpy.array(values, numpy.float32).reshape(shape)
    state["1.running_var"] = abs(state["1.running_var"]) + numpy.float32(0.25)
    return state


def forward(state, x):
    """What PyTorch's network does, in double precision."""
    p = {name: values.astype(float) for name, values in state.items()}
    z = x @ p["0.weight"].T + p["0.bias"]
    z = (z - p["1.running_mean"]) / numpy.sqrt(p["1.running_var"] + 1e-5) * p["1.weight"] + p["1.bias"]
    z = z * (1 + numpy.vectorize(math.erf)(z / math.sqrt(2))) / 2
    z = z @ p["3.weight"].T + p.get("3.bias", 0)
    z = (z - z.mean(axis=1, keepdims=True)) / numpy.sqrt(z.var(axis=1, keepdims=True) + 1e-5)
    z = z * p["4.weight"] + p["4.bias"]
    z = numpy.where(z > 0, z, 0.01 * z) @ p["6.weight"].T + p["6.bias"]
    e = numpy.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@pytest.fixture
def inputs(iris):
    return numpy.loadtxt(iris, delimiter=",", skiprows=1, usecols=range(4))


def predicted(chainrule, model, iris):
    lines = chainrule("predict", model, iris).splitlines()[1:]
    return numpy.array([[float(value) for value in line.split(",")[1:]] for line in lines])


def start_from(chainrule, iris, name, epochs=0):
    """A model that starts from the tensors of a file, on unscaled inputs."""
    return chainrule("train", iris, "--target", "species", "--schema", SCHEMA, "--no-standardize", "--initial-weights",
                     name, "--epochs", epochs, "--output", "model.safetensors")


def test_the_formulas_are_those_of_pytorch(inputs):
    assert numpy.allclose(forward(parameters(), inputs[[row - 1 for row in ROWS]]), OUTPUTS, atol=1e-6)


@pytest.mark.parametrize("dtype", [numpy.float32, numpy.float64, numpy.float16])
@pytest.mark.parametrize("prefix", ["", "model.", "module.net."])
def test_a_state_dict_gives_what_it_gives_in_pytorch(chainrule, iris, tmp_path, inputs, dtype, prefix):
    state = {prefix + name: values.astype(dtype) for name, values in parameters().items()}
    state[prefix + "1.num_batches_tracked"] = numpy.array(7, numpy.int64)
    save_file(state, tmp_path / "torch.safetensors", metadata={"format": "pt"})
    start_from(chainrule, iris, "torch.safetensors")
    found = predicted(chainrule, "model.safetensors", iris)
    assert numpy.allclose(found[[row - 1 for row in ROWS]], OUTPUTS, atol=1e-6)
    assert numpy.allclose(found, forward(parameters(), inputs), atol=1e-6)


def test_a_trained_model_gives_in_pytorch_what_it_gives_here(chainrule, iris, tmp_path, inputs):
    save_file(parameters(), tmp_path / "torch.safetensors")
    start_from(chainrule, iris, "torch.safetensors", epochs=5)
    written = load_file(tmp_path / "model.safetensors")
    # The module list of the page: number by number, without the activations.
    names = {f"layers.{LAYERS[name.split('.')[0]]}.{name.split('.')[1]}": name for name in SHAPES}
    names["layers.2.bias"] = "3.bias"
    assert {names[name] for name in written} == {*SHAPES, "3.bias"}
    state = {names[name]: values for name, values in written.items()}
    assert all(state[name].shape == shape and state[name].dtype == numpy.float32 for name, shape in SHAPES.items())
    assert not numpy.allclose(state["0.weight"], parameters()["0.weight"], atol=1e-3)
    assert numpy.allclose(predicted(chainrule, "model.safetensors", iris), forward(state, inputs), atol=2e-6)


def failure(tmp_path, iris, name):
    result = subprocess.run(
        [os.environ["CHAINRULE_BINARY"], "train", iris, "--target", "species", "--schema", "4, 3 softmax",
         "--initial-weights", name, "--epochs", "0", "--output", "m.safetensors"],
        cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 65, result.stderr
    return result.stderr


def test_what_found_no_place_is_said(chainrule, iris, tmp_path):
    save_file({"encoder.weight": numpy.zeros((3, 4), numpy.float32), "head.weight": numpy.zeros((3, 3), numpy.float32)},
              tmp_path / "other.safetensors")
    said = failure(tmp_path, iris, "other.safetensors")
    assert "the network has no place for “encoder.weight” (3, 4), “head.weight” (3, 3); the network needs " in said
    assert "layers.0.weight (3, 4), layers.0.bias (3), and there's no such tensor" in said


def test_a_number_too_large_is_said_with_its_tensor(chainrule, iris, tmp_path):
    weight = numpy.zeros((3, 4))
    weight[1, 2] = 1e300
    save_file({"0.weight": weight, "0.bias": numpy.zeros(3)}, tmp_path / "large.safetensors")
    said = failure(tmp_path, iris, "large.safetensors")
    assert "tensor “0.weight”: it holds 1e+300, but the largest Float is 3.4028235e+38" in said


# MARK: The same decision as Python's


def entry(dtype="F32", shape="[1]", offsets="[0,4]", more=""):
    return '{"dtype":"%s","shape":%s,"data_offsets":%s%s}' % (dtype, shape, offsets, more)


FORMATS = {
    "BOOL": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8,
    "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "I16": 16, "U16": 16, "F16": 16, "BF16": 16, "I32": 32, "U32": 32, "F32": 32,
    "C64": 64, "F64": 64, "I64": 64, "U64": 64,
}
FILES = [('{"a":%s}' % entry(name, "[8]", f"[0,{bits}]"), bits) for name, bits in FORMATS.items()]
FILES += [('{"a":%s}' % entry(*fields), size) for *fields, size in [
    ("X", 4), ("f32", 4), ("F4", "[3]", "[0,2]", 2), ("F4", "[4]", "[0,2]", 2), ("F4", "[0]", "[0,0]", 0),
    ("F6_E2M3", "[4]", "[0,3]", 3), ("F32", "[]", 4), ("F32", "[1.0]", 4), ("F32", "[1e0]", 4), ("F32", "[-1]", 4),
    ("F32", "[-0]", "[0,0]", 0), ("F32", "[01]", 4), ("F32", "null", 4), ("F32", "[1]", "[0,4.0]", 4),
    ("F32", "[1]", "[-0,4]", 4), ("F32", "[1]", "[0,4,8]", 4), ("F32", "[1]", "[0]", 4), ("F32", "[1]", "[4,0]", 4),
    ("F32", "[1]", "[4,8]", 8), ("F32", "[1]", 3), ("F32", "[1]", 5), ("F32", "[2]", 4),
    ("F32", "[0,9223372036854775807,9]", "[0,0]", 0), ("F32", "[9223372036854775807,9,0]", "[0,0]", 0),
    ("F32", "[9223372036854775808]", 4), ("F32", "[1]", "[0,4]", ',"x":{"y":1,"y":2}', 4),
    ("F32", "[1]", "[0,4]", ',"x":1,"x":2', 4), ("F32", "[1]", "[0,4]", ',"dtype":"F32"', 4),
    ("F32", "[1]", "[0,4]", ',"x":NaN', 4), ("F32", "[1]", "[0,4]", ',"x":[-1.5e+3,null,true,"é\\u00e9",[],{}]', 4),
    ("F32", "[1]", "[0,4]", ',"x":' + 120 * "[" + 120 * "]", 4), ("F32", "[1]", "[0,4]", ',"x":' + 200 * "[" + 200 * "]", 4),
    ("F32", "[1]", "[0,4]", ',"x":' + 125 * "[" + 125 * "]", 4), ("F32", "[1]", "[0,4]", ',"x":' + 126 * "[" + 126 * "]", 4),
]]
FILES += [(header.replace("ENTRY", entry()).replace("NEXT", entry("F32", "[1]", "[4,8]")), size) for header, size in [
    ("{}", 0), (" {}", 0), ("{} \n", 0), ("  ", 0), ("{}x", 0), ("{}\0", 0), ("[]", 0), ("\ufeff{}", 0), ("{/**/}", 0),
    ('{"__metadata__":null,"a":ENTRY}', 4), ('{"__metadata__":{"a":1},"a":ENTRY}', 4), ('{"__metadata__":{"a":null}}', 0),
    ('{"__metadata__":{"x":"1","x":"2"}}', 0), ('{"__metadata__":{},"__metadata__":null}', 0), ('{"__metadata__":[]}', 0),
    ('{"a":ENTRY,"a":ENTRY}', 4), ('{"a":ENTRY,"a":NEXT}', 8), ('{"a":ENTRY,"\\u0061":ENTRY}', 4), ('{"a":ENTRY,"b":ENTRY}', 4),
    ('{"\u00e9":ENTRY,"e\u0301":NEXT}', 8), ('{"a":NEXT,"b":ENTRY}', 8), ('{"a":["F32",[1],[0,4]]}', 4),
    ('{"a":["F32",[1]]}', 4), ('{"a":{"dtype":"F32","data_offsets":[0,4]}}', 4), ('{"a":null}', 0), ('{"a":ENTRY,}', 4),
    ('{"a\tb":ENTRY}', 4), ('{"\\ud800":ENTRY}', 4), ('{"\\ud83d\\ude00":ENTRY}', 4), ('{"":ENTRY}', 4), ('{"\\u0000":ENTRY}', 4),
]]


@pytest.mark.parametrize("header, size", FILES)
def test_what_python_opens_is_opened(chainrule, iris, tmp_path, header, size):
    text = header.encode()
    file = struct.pack("<Q", len(text)) + text + bytes(size)
    try:
        deserialize(file)
        opens = True
    except SafetensorError:
        opens = False
    (tmp_path / "odd.safetensors").write_bytes(file)
    # None of them fits the network; only one that was opened gets so far. Two ways to write an accent are two names in
    # a file, but not in a network.
    said = failure(tmp_path, iris, "odd.safetensors")
    assert ("the network needs" in said or "are both called" in said) == opens, said


def test_every_format_that_python_knows_is_tried():
    header = json.dumps({"a": {"dtype": "X", "shape": [1], "data_offsets": [0, 4]}}).encode()
    with pytest.raises(SafetensorError) as error:
        deserialize(struct.pack("<Q", len(header)) + header + bytes(4))
    known = str(error.value).split("expected one of ")[1].split(" at line")[0]
    assert {name.strip("`") for name in known.split(", ")} == set(FORMATS)
