"""A study as the benchmark asks for it; every value comes from the benchmark, over a pipe."""

import json
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True)
class Study:
    sampler: str
    space: list
    seed: int
    trials: int
    epochs: int
    requests: TextIO
    answers: TextIO

    def value(self, trial: int, point: dict, epoch: int = 0) -> tuple[float, bool]:
        """The value at a point, and whether it was the last that the budget allows."""
        message = {"trial": trial, "at": {name: plain(value) for name, value in point.items()}}
        if epoch:
            message["epoch"] = epoch
        self.requests.write(json.dumps(message) + "\n")
        self.requests.flush()
        answer = json.loads(self.answers.readline())
        return answer["value"], answer["stop"]


def plain(value):
    """A number of numpy as one of Python."""
    return value.item() if hasattr(value, "item") else value
