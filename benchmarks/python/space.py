"""The parameters of a search space, as the benchmark describes them, and how a message becomes them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Real:
    name: str
    low: float
    high: float
    log: bool


@dataclass(frozen=True)
class Integer:
    name: str
    low: int
    high: int
    step: int
    log: bool


@dataclass(frozen=True)
class Choice:
    """One of the options; `branches` holds the parameters that exist under an option only."""

    name: str
    options: tuple
    branches: dict[str, list] = field(default_factory=dict)


def read(nodes: list[dict]) -> list:
    return [node(message) for message in nodes]


def node(message: dict) -> Real | Integer | Choice:
    name = message["name"]
    match message["type"]:
        case "real":
            return Real(name, message["low"], message["high"], message["log"])
        case "integer":
            return Integer(name, message["low"], message["high"], message["step"], message["log"])
        case "choice":
            branches = {label: read(nodes) for label, nodes in message.get("branches", {}).items()}
            return Choice(name, tuple(message["options"]), branches)
        case other:
            raise ValueError(f"no parameter of type {other}")


def every(space: list) -> list:
    """All parameters, those of branches too, each once."""
    found = {}
    for parameter in space:
        found[parameter.name] = parameter
        for branch in getattr(parameter, "branches", {}).values():
            found.update((inner.name, inner) for inner in every(branch))
    return list(found.values())


def active(space: list, values: dict) -> dict:
    """Those of the values whose parameters exist under the choices made."""
    point = {}
    for parameter in space:
        point[parameter.name] = values[parameter.name]
        if isinstance(parameter, Choice):
            point |= active(parameter.branches.get(point[parameter.name], []), values)
    return point
