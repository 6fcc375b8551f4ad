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

# A library is run by the module LIBRARY_peer, which has SAMPLERS, functions by names that begin with the library.
LIBRARIES = ("optuna", "rustuna", "hyperopt", "smac", "hebo")


def module_of(library: str):
    return importlib.import_module(library + "_peer")


def listing() -> dict:
    samplers, missing = {}, {}
    for library in LIBRARIES:
        try:
            module = module_of(library)
            versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in module.LIBRARIES)
            samplers.update((sampler, versions) for sampler in module.SAMPLERS)
        except ImportError as e:
            missing[library] = str(e)
    return {"python": sys.version.split()[0], "samplers": samplers, "missing": missing}


def serve(requests, answers) -> None:
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
            # Only this library is loaded: some take seconds and hundreds of megabytes.
            module_of(study.sampler.split("-")[0]).SAMPLERS[study.sampler](study)
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
        requests.write(json.dumps(listing()) + "\n")
    else:
        serve(requests, sys.stdin)


if __name__ == "__main__":
    main()
