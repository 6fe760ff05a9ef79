"""scikit-learn's MLP on Fashion-MNIST, one `partial_fit` over all samples for each epoch. See fashion.py."""

from sklearn.neural_network import MLPClassifier

import fashion

given = fashion.arguments()
x, y = fashion.read(given.folder, "train")
test_x, test_y = fashion.read(given.folder, "t10k")
network = MLPClassifier((256, 128), alpha=0, batch_size=128, learning_rate_init=0.001, random_state=given.seed)


def epoch() -> None:
    network.partial_fit(x, y, classes=range(10))


def accuracy() -> float:
    return network.score(test_x, test_y)


fashion.train(given, epoch, accuracy)
