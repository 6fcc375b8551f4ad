"""HEBO with its defaults. It knows no conditions: it is told of all parameters, and inactive values are dropped."""

import numpy
import pandas
import torch
from hebo.design_space.design_space import DesignSpace
from hebo.optimizers.hebo import HEBO

import space
from space import Choice, Integer, Real
from study import Study

torch.set_num_threads(1)

LIBRARIES = ("HEBO", "torch", "gpytorch", "pymoo", "numpy", "scipy")


def described(parameter) -> dict:
    match parameter:
        case Real(name, low, high, log):
            return {"name": name, "type": "pow" if log else "num", "lb": low, "ub": high}
        case Integer(name, low, high, 1, log):
            return {"name": name, "type": "pow_int" if log else "int", "lb": low, "ub": high}
        case Integer(name, low, high, step):
            return {"name": name, "type": "step_int", "lb": low, "ub": high, "step": step}
        case Choice(name, options):
            return {"name": name, "type": "cat", "categories": list(options)}


def decode(parameters: list, row: dict) -> dict:
    point = {}
    for parameter in parameters:
        value = row[parameter.name]
        match parameter:
            case Integer(name, low, high):
                point[name] = min(max(round(float(value)), low), high)
            case Real(name, low, high):
                point[name] = min(max(float(value), low), high)
            case Choice(name):
                point[name] = str(value)
    return point


def run(study: Study) -> None:
    numpy.random.seed(study.seed)
    torch.manual_seed(study.seed)
    parameters = space.every(study.space)
    optimizer = HEBO(DesignSpace().parse([described(p) for p in parameters]), scramble_seed=study.seed)
    for trial in range(study.trials):
        suggestion: pandas.DataFrame = optimizer.suggest(n_suggestions=1)
        point = space.active(study.space, decode(parameters, suggestion.iloc[0].to_dict()))
        value, _ = study.value(trial, point)
        optimizer.observe(suggestion, numpy.array([[value]]))


SAMPLERS = {"hebo": run}
