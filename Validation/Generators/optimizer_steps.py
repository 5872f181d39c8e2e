"""Prints the steps that AdamTests and MuonTests pin: Adam's by PyTorch, Muon's by its published code.

AdamW is torch.optim.AdamW itself, in double precision (the numbers in the tests: PyTorch 1.13.1). Muon is the code of
https://github.com/KellerJordan/Muon (muon.py: zeropower_via_newtonschulz5, muon_update with Nesterov's momentum), in NumPy
and double precision, with two differences that the README of Tensors names: the small number beside the norm is 1e-30
in place of 1e-7, and the length of a step is sqrt(max(rows, columns)) in place of sqrt(max(1, rows / columns)).

    python3 Validation/Generators/optimizer_steps.py
"""

import numpy


def gradient(rows, columns, step):
    """Exact in binary, different in every place and step."""
    return numpy.array([[((3 * i + 5 * j + 7 * step) % 11 - 5) / 4 for j in range(columns)] for i in range(rows)])


def adam():
    import torch

    p = torch.tensor([1.5], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.AdamW([p], lr=0.1, betas=(0.8, 0.9), eps=1e-3, weight_decay=0.02)
    for step in range(1, 21):
        p.grad = torch.tensor([step % 3 - 0.7], dtype=torch.float64)
        optimizer.step()
        yield p.item()


def zeropower_via_newtonschulz5(g, steps):
    a, b, c = (3.4445, -4.7750, 2.0315)
    x = g
    if g.shape[-2] > g.shape[-1]:
        x = x.T
    x = x / (numpy.linalg.norm(x) + 1e-30)
    for _ in range(steps):
        square = x @ x.T
        b_ = b * square + c * square @ square
        x = a * x + b_ @ x
    if g.shape[-2] > g.shape[-1]:
        x = x.T
    return x


def muon(rows, columns, learning_rate=0.1, beta=0.8):
    p = numpy.zeros((rows, columns))
    momentum = numpy.zeros((rows, columns))
    for step in range(1, 5):
        grad = gradient(rows, columns, step)
        momentum = momentum + (1 - beta) * (grad - momentum)  # momentum.lerp_(grad, 1 - beta)
        update = grad + beta * (momentum - grad)  # grad.lerp_(momentum, beta)
        update = zeropower_via_newtonschulz5(update, 5)
        p = p - learning_rate * max(rows, columns) ** 0.5 * update
    return p


if __name__ == "__main__":
    for rows, columns in [(3, 5), (5, 3), (2, 2)]:
        print(f"Muon, {rows} x {columns}, after four steps:")
        print([float(repr(float(value))) for value in muon(rows, columns).flatten()])
    print("AdamW, twenty steps:")
    print(list(adam()))
