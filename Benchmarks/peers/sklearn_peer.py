"""scikit-learn's MLP: `partial_fit` over all batches, in their order.

    python sklearn_peer.py THREADS

It has no leaky ReLU, and one activation for all hidden layers: they are ReLU. Its weights start in its own way.
"""

import warnings

from sklearn.neural_network import MLPClassifier, MLPRegressor

import protocol

warnings.simplefilter("ignore")


class SklearnCase:
    def __init__(self, case: protocol.Case):
        self.case = case
        self.x = case.x.reshape(-1, case.inputs)
        targets = case.y.reshape(len(self.x), -1)
        self.y = targets if case.loss == "mse" else case.classes.reshape(-1) if case.loss == "ce" else targets[:, 0]
        if self.y.ndim == 2 and self.y.shape[1] == 1:
            self.y = self.y[:, 0]

    def model(self):
        made = MLPRegressor if self.case.loss == "mse" else MLPClassifier
        return made(
            hidden_layer_sizes=[outputs for outputs, _ in self.case.layers[:-1]], activation="relu",
            solver=self.case.optimizer, alpha=0, batch_size=self.case.batch, learning_rate_init=self.case.rate,
            momentum=0, nesterovs_momentum=False, shuffle=False, random_state=1)

    def run(self, seconds: float) -> dict:
        model = self.model()
        arguments = {} if self.case.loss == "mse" else {"classes": sorted(set(self.y.tolist()))}

        def body(times: int):
            # One call goes over all samples once, a batch at a time.
            for _ in range(times // self.case.batches):
                model.partial_fit(self.x, self.y, **arguments)

        return protocol.timed(body, self.case.batches, seconds)


CASES: dict[str, SklearnCase] = {}


def obey(command: dict) -> dict:
    name = command["case"]
    match command["op"]:
        case "load":
            CASES[name] = SklearnCase(protocol.read_case(command))
            return {"modes": ["partial_fit"]}
        case "run":
            return CASES[name].run(command["seconds"])
    raise ValueError(f"scikit-learn's worker does not know {command['op']}")


if __name__ == "__main__":
    protocol.serve(obey)
