"""Finds the coefficients of tanh in ChainruleKernels/Lanes/LaneMath.swift, and prints them.

For maintainers, with numpy. Both fits are least squares whose weights grow where the error is largest (Lawson's iteration),
so that they come near to the smallest possible largest error.
"""

import numpy

# Where the odd polynomial ends; where the quotient starts, a little below; where tanh has become 1.
NEAR, FAR, ONE = 0.5496, 0.54, 9.02


def lawson(columns, target, denominator_terms=0, rounds=800):
    """Coefficients c with columns · c ≈ target. The last columns are those of a denominator 1 + …, which divides the error."""
    weights = numpy.ones_like(target)
    denominator = weights
    best = numpy.inf, None
    for _ in range(rounds):
        scale = numpy.sqrt(weights) / denominator
        matrix = (columns * scale).T
        lengths = numpy.linalg.norm(matrix, axis=0)
        found = numpy.linalg.lstsq(matrix / lengths, target * scale, rcond=None)[0] / lengths
        if denominator_terms:
            powers = -columns[-denominator_terms:] / target
            denominator = 1 + found[-denominator_terms:] @ powers
        error = numpy.abs(found @ columns - target) / denominator
        best = min(best, (error.max(), tuple(found)))
        weights = weights * (error / error.max() + 1e-3) ** 0.7
        weights /= weights.sum()
    return best


def near(terms):
    """tanh x = x + x³ · c(x²): the error relative to tanh x."""
    x = NEAR * numpy.sin(numpy.pi / 2 * numpy.arange(1, 2001) / 2000)
    series = (-1 / 3, 2 / 15, -17 / 315, 62 / 2835, -1382 / 155925, 21844 / 6081075, -929569 / 638512875)
    c = numpy.where(x < 0.2, numpy.polyval(series[::-1], x * x), (numpy.tanh(x) / x - 1) / (x * x))
    weight = x**3 / numpy.tanh(x)
    return lawson(numpy.array([x ** (2 * i) for i in range(terms)]) * weight, c * weight)


def far(numerator, denominator):
    """tanh(x/2) = x · n(x²) / q(x²): the relative error, times 1 / cosh x, which is what tanh x makes of it."""
    x = FAR + (ONE - FAR) * (1 - numpy.cos(numpy.pi * numpy.arange(4001) / 4000)) / 2
    value = numpy.tanh(x / 2) / x
    weight = 1 / numpy.cosh(x)
    columns = [weight / value * x ** (2 * i) for i in range(numerator)]
    columns += [-weight * x ** (2 * i) for i in range(1, denominator)]
    return lawson(numpy.array(columns), weight, denominator - 1)


for name, (error, found) in (("c", near(4)), ("n, then q from its second", far(3, 4))):
    print(f"{name}: largest error {error:.1e}:", ", ".join(f"{numpy.float32(value):.9g}" for value in found))
