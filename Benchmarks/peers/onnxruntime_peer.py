"""ONNX Runtime, which predicts: with its inputs and outputs bound beforehand, and called with arrays.

    python onnxruntime_peer.py THREADS
"""

import sys

import numpy
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import protocol

THREADS = int(sys.argv[1])
OPERATORS = {"relu": "Relu", "leakyrelu": "LeakyRelu", "sigmoid": "Sigmoid", "softmax": "Softmax"}


def model(case: protocol.Case, rows: int) -> bytes:
    """The network as ONNX, for batches of one size."""
    nodes, weights, name = [], [], "x"
    for i, ((w, b), (_, activation)) in enumerate(zip(case.parameters, case.layers)):
        weights += [numpy_helper.from_array(w, f"w{i}"), numpy_helper.from_array(b, f"b{i}")]
        nodes.append(helper.make_node("Gemm", [name, f"w{i}", f"b{i}"], [f"z{i}"], transB=1))
        name = f"z{i}"
        if activation != "linear":
            options = {"alpha": 0.01} if activation == "leakyrelu" else {}
            nodes.append(helper.make_node(OPERATORS[activation], [name], [f"a{i}"], **options))
            name = f"a{i}"
    outputs = case.layers[-1][0]
    graph = helper.make_graph(
        nodes, "network", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [rows, case.inputs])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [rows, outputs])], weights)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    made.ir_version = 8
    return made.SerializeToString()


class OnnxCase:
    def __init__(self, case: protocol.Case):
        self.case = case
        self.sessions = {}
        #: What the bindings refer to.
        self.kept = {}

    def session(self, rows: int) -> onnxruntime.InferenceSession:
        if rows not in self.sessions:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = THREADS
            options.inter_op_num_threads = 1
            options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
            self.sessions[rows] = onnxruntime.InferenceSession(
                model(self.case, rows), options, providers=["CPUExecutionProvider"])
        return self.sessions[rows]

    def caller(self, mode: str, rows: int):
        """A function that predicts one of the inputs, by number, and one that gives the outputs for the first."""
        session = self.session(rows)
        inputs = self.case.rows(rows)
        output = session.get_outputs()[0].name
        if mode == "arrays":
            return lambda i: session.run([output], {"x": inputs[i]}), lambda: session.run([output], {"x": inputs[0]})[0]
        # On a CPU the values are backed by the arrays they are made from, and have to be kept with them.
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(x) for x in inputs]
        result = onnxruntime.OrtValue.ortvalue_from_numpy(
            numpy.zeros((rows, self.case.layers[-1][0]), numpy.float32))
        bindings = []
        for value in values:
            binding = session.io_binding()
            binding.bind_ortvalue_input("x", value)
            binding.bind_ortvalue_output(output, result)
            bindings.append(binding)
        self.kept[rows] = values, result
        # What `run_with_iobinding` comes down to, without Python's part of it.
        run, bound = session._sess.run_with_iobinding, [binding._iobinding for binding in bindings]

        def outputs():
            run(bound[0], None)
            return result.numpy()

        return lambda i: run(bound[i], None), outputs

    def outputs(self, mode: str, rows: int) -> list[float]:
        return self.caller(mode, rows)[1]().reshape(-1).tolist()

    def time_prediction(self, mode: str, rows: int, seconds: float) -> dict:
        call, _ = self.caller(mode, rows)
        count = len(self.case.rows(rows))

        def body(times: int):
            for _ in range(times // count):
                for i in range(count):
                    call(i)

        return protocol.timed(body, count, seconds)


CASES: dict[str, OnnxCase] = {}


def obey(command: dict) -> dict:
    name = command["case"]
    match command["op"]:
        case "load":
            CASES[name] = OnnxCase(protocol.read_case(command))
            return {"modes": ["bound", "arrays"]}
        case "outputs":
            return {"outputs": CASES[name].outputs(command["mode"], command["rows"])}
        case "predict":
            return CASES[name].time_prediction(command["mode"], command["rows"], command["seconds"])
    raise ValueError(f"ONNX Runtime's worker does not know {command['op']}")


if __name__ == "__main__":
    protocol.serve(obey)
