"""Runs studies of the peers' samplers for org.hpo4j.benchmarks.peers.PeerProcess, one after the other.

    peer.py             reads studies from the standard input, asks for values on the standard output
    peer.py --list      prints the samplers that can be run here, with their versions, or why not
"""

import importlib
import importlib.metadata
import json
import os
import sys
import warnings

import space
from study import Study

# Libraries by the module that knows how to run them; each has SAMPLERS, a dict of functions.
MODULES = ("optuna_peer", "rustuna_peer", "hyperopt_peer", "smac_peer", "hebo_peer")


def load() -> tuple[dict, dict]:
    """The samplers by name, and the reasons why libraries are missing."""
    samplers, missing = {}, {}
    for name in MODULES:
        try:
            module = importlib.import_module(name)
        except ImportError as e:
            missing[name.removesuffix("_peer")] = str(e)
        else:
            for sampler, run in module.SAMPLERS.items():
                versions = (f"{library} {importlib.metadata.version(library)}" for library in module.LIBRARIES)
                samplers[sampler] = run, ", ".join(versions)
    return samplers, missing


def serve(requests, answers) -> None:
    samplers, _ = load()
    for line in answers:
        message = json.loads(line)
        study = Study(
            sampler=message["sampler"],
            space=space.read(message["space"]),
            seed=message["seed"],
            trials=message["trials"],
            epochs=message["epochs"],
            requests=requests,
            answers=answers,
        )
        try:
            run, _ = samplers[study.sampler]
            run(study)
            result = {"end": True}
        except Exception as e:  # a peer's fault must not cost the other peers' rows
            result = {"error": f"{type(e).__name__}: {e}"[:500]}
        requests.write(json.dumps(result) + "\n")
        requests.flush()


def main() -> None:
    warnings.filterwarnings("ignore")
    # What libraries print must not mix with the messages.
    requests = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    if sys.argv[1:] == ["--list"]:
        samplers, missing = load()
        listing = {"python": sys.version.split()[0], "samplers": {k: v for k, (_, v) in samplers.items()}}
        requests.write(json.dumps(listing | {"missing": missing}) + "\n")
    else:
        serve(requests, sys.stdin)


if __name__ == "__main__":
    main()
