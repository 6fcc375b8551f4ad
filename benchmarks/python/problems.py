"""The problems of org.hpo4j.benchmarks.problems, for the Python peers.

Run as a script, it checks itself against the values that the Java tests use too.
"""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHECK_VALUES = Path(__file__).parent.parent / "src/test/resources/check-values.json"
WORD = (1 << 64) - 1


@dataclass(frozen=True)
class Real:
    name: str
    low: float
    high: float
    log: bool = False


@dataclass(frozen=True)
class Integer:
    name: str
    low: int
    high: int
    step: int = 1


@dataclass(frozen=True)
class Choice:
    """One of the options; `branches` holds the parameters that exist under an option only."""

    name: str
    options: tuple
    branches: dict[Any, list] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    name: str
    space: list
    minimum: float
    function: Callable[[dict], float]
    noise: float = 0.0

    def regret(self, point: dict) -> float:
        return self.function(point) - self.minimum

    def observed(self, point: dict, seed: int, trial: int) -> float:
        value = self.function(point)
        return value if self.noise == 0 else value + self.noise * gaussian(seed, trial)


def gaussian(seed: int, trial: int) -> float:
    """Standard normal noise as a function of run and trial: SplitMix64's finalizer, Box and Muller."""
    key = ((seed + 1) * 0xD1342543DE82EF95 + (trial + 1) * 0x9E3779B97F4A7C15) & WORD
    u1, u2 = (((mix(k) >> 11) + 0.5) * 2.0**-53 for k in (key, key ^ 0x5851F42D4C957F2D))
    return math.sqrt(-2 * math.log(u1)) * math.cos(2 * math.pi * u2)


def mix(z: int) -> int:
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
    return z ^ (z >> 31)


def cube(dimensions: int, low: float, high: float) -> list:
    return [Real(f"x{i}", low, high) for i in range(dimensions)]


def of_vector(function: Callable[[list], float]) -> Callable[[dict], float]:
    return lambda point: function([point[f"x{i}"] for i in range(len(point))])


def branin(x: list) -> float:
    a = x[1] - 5.1 / (4 * math.pi**2) * x[0] ** 2 + 5 / math.pi * x[0] - 6
    return a * a + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x[0]) + 10


HARTMANN_ALPHA = (1.0, 1.2, 3.0, 3.2)
HARTMANN_A = (
    (10, 3, 17, 3.5, 1.7, 8),
    (0.05, 10, 17, 0.1, 8, 14),
    (3, 3.5, 1.7, 10, 17, 8),
    (17, 8, 0.05, 10, 0.1, 14),
)
HARTMANN_P = (  # in units of 1e-4
    (1312, 1696, 5569, 124, 8283, 5886),
    (2329, 4135, 8307, 3736, 1004, 9991),
    (2348, 1451, 3522, 2883, 3047, 6650),
    (4047, 8828, 8732, 5743, 1091, 381),
)


def hartmann6(x: list) -> float:
    return -sum(
        alpha * math.exp(-sum(a * (xj - 1e-4 * p) ** 2 for a, p, xj in zip(row_a, row_p, x)))
        for alpha, row_a, row_p in zip(HARTMANN_ALPHA, HARTMANN_A, HARTMANN_P)
    )


def rosenbrock5(x: list) -> float:
    return sum(100 * (b - a * a) ** 2 + (1 - a) ** 2 for a, b in zip(x, x[1:]))


ACKLEY_SHIFT = (5.3, -7.1, 11.9, -13.7, 2.2, 17.3, -19.1, 8.6, -3.4, 14.8)


def ackley10(x: list) -> float:
    z = [xi - shift for xi, shift in zip(x, ACKLEY_SHIFT)]
    squares = sum(zi * zi for zi in z)
    cosines = sum(math.cos(2 * math.pi * zi) for zi in z)
    return -20 * math.exp(-0.2 * math.sqrt(squares / 10)) - math.exp(cosines / 10) + 20 + math.e


def levy8(x: list) -> float:
    w = [1 + (xi - 1) / 4 for xi in x]
    head = math.sin(math.pi * w[0]) ** 2
    waves = sum((wi - 1) ** 2 * (1 + 10 * math.sin(math.pi * wi + 1) ** 2) for wi in w[:-1])
    return head + waves + (w[-1] - 1) ** 2 * (1 + math.sin(2 * math.pi * w[-1]) ** 2)


def mixed8(p: dict) -> float:
    bn, layers, act = p["bn"], p["layers"], p["act"]
    a = math.log10(p["lr"]) + 2.5 + 0.3 * math.log(p["units"] / 128) / math.log(2)
    bowl = (
        0.10
        + 0.08 * a**2
        + 0.01 * (math.log10(p["wd"]) + 4) ** 2
        + 0.05 * ((p["units"] - 160) / 96) ** 2
        + 0.015 * (layers - 3) ** 2
        + 0.5 * (p["dropout"] - (0.15 if bn else 0.35)) ** 2
        + 2.0 * (p["momentum"] - 0.92) ** 2
    )
    activation = {"relu": 0.02, "tanh": 0.06, "elu": 0.03, "gelu": 0.0}[act]
    return bowl + activation + (0 if bn else 0.03) + (0.04 if act == "tanh" and layers >= 4 else 0)


def conditional(p: dict) -> float:
    shared = 0.20 + 0.2 * (p["dropout"] - 0.25) ** 2 + 0.01 * (p["layers"] - 2) ** 2
    return shared + {"sgd": sgd, "adam": adam, "rmsprop": rmsprop}[p["opt"]](p)


def sgd(p: dict) -> float:
    momentum = p["sgd_momentum"]
    a = math.log10(p["sgd_lr"]) - math.log10(1 - momentum) + 0.3
    return 0.02 + 0.05 * a**2 + 0.3 * (momentum - 0.9) ** 2 + (0 if p["sgd_nesterov"] else 0.01)


def adam(p: dict) -> float:
    return (
        0.06 * (math.log10(p["adam_lr"]) + 3.2) ** 2
        + 1.0 * (p["adam_beta1"] - 0.88) ** 2
        + 0.01 * (math.log10(p["adam_omb2"]) + 2.5) ** 2
    )


def rmsprop(p: dict) -> float:
    return 0.05 + 0.04 * (math.log10(p["rms_lr"]) + 3) ** 2 + 0.5 * (p["rms_rho"] - 0.9) ** 2


def noisy_integer(p: dict) -> float:
    return 0.35 + 0.002 * ((p["filters"] - 57) / 10) ** 2


MIXED8_SPACE = [
    Real("lr", 1e-5, 1e-1, log=True),
    Real("wd", 1e-6, 1e-2, log=True),
    Integer("units", 16, 256, 16),
    Integer("layers", 1, 6),
    Real("dropout", 0.0, 0.6),
    Real("momentum", 0.5, 0.99),
    Choice("act", ("relu", "tanh", "elu", "gelu")),
    Choice("bn", (False, True)),
]

CONDITIONAL_SPACE = [
    Choice(
        "opt",
        ("sgd", "adam", "rmsprop"),
        {
            "sgd": [
                Real("sgd_lr", 1e-4, 1.0, log=True),
                Real("sgd_momentum", 0.0, 0.99),
                Choice("sgd_nesterov", (False, True)),
            ],
            "adam": [
                Real("adam_lr", 1e-5, 1e-1, log=True),
                Real("adam_beta1", 0.8, 0.99),
                Real("adam_omb2", 1e-4, 1e-1, log=True),
            ],
            "rmsprop": [Real("rms_lr", 1e-5, 1e-1, log=True), Real("rms_rho", 0.8, 0.99)],
        },
    ),
    Real("dropout", 0.0, 0.6),
    Integer("layers", 1, 5),
]

PROBLEMS = {
    problem.name: problem
    for problem in (
        Problem("branin", [Real("x0", -5.0, 10.0), Real("x1", 0.0, 15.0)], 0.39788735772973816, of_vector(branin)),
        Problem("hartmann6", cube(6, 0.0, 1.0), -3.3223680114155147, of_vector(hartmann6)),
        Problem("rosenbrock5", cube(5, -5.0, 10.0), 0.0, of_vector(rosenbrock5)),
        Problem("ackley10", cube(10, -32.768, 32.768), 0.0, of_vector(ackley10)),
        Problem("levy8", cube(8, -10.0, 10.0), 0.0, of_vector(levy8)),
        Problem("mixed8", MIXED8_SPACE, 0.10, mixed8),
        Problem("cond", CONDITIONAL_SPACE, 0.20, conditional),
        Problem("noisyint", [Integer("filters", 3, 120)], 0.35, noisy_integer, noise=0.01),
    )
}


def check() -> None:
    """Raises AssertionError where a value differs from the one that the Java tests expect."""
    expected = json.loads(CHECK_VALUES.read_text())
    for row in expected["values"]:
        value = PROBLEMS[row["problem"]].function(row["at"])
        assert math.isclose(value, row["value"], rel_tol=1e-12, abs_tol=1e-14), (row, value)
    for row in expected["noise"]:
        value = gaussian(row["seed"], row["trial"])
        assert math.isclose(value, row["value"], rel_tol=1e-12), (row, value)


if __name__ == "__main__":
    check()
    print(f"{len(PROBLEMS)} problems as expected")
