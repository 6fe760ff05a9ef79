"""PyTorch on Fashion-MNIST: everything in memory, batches by index, the fused Adam. See fashion.py."""

import torch
# The optimizers import it when they are first used: this is no part of the work.
import torch._dynamo
import torch.nn.functional as F

import fashion

given = fashion.arguments()
torch.set_num_threads(given.threads)
torch.manual_seed(given.seed)
x, y = map(torch.from_numpy, fashion.read(given.folder, "train"))
test_x, test_y = map(torch.from_numpy, fashion.read(given.folder, "t10k"))
network = torch.nn.Sequential(
    torch.nn.Linear(784, 256), torch.nn.ReLU(), torch.nn.Linear(256, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
optimizer = torch.optim.Adam(network.parameters(), lr=0.001, fused=True)


def epoch() -> None:
    for rows in torch.randperm(len(x)).split(128):
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(network(x[rows]), y[rows]).backward()
        optimizer.step()


@torch.inference_mode()
def accuracy() -> float:
    return (network(test_x).argmax(1) == test_y).float().mean().item()


fashion.train(given, epoch, accuracy)
