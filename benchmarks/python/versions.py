"""Prints the versions that a figure depends on, in one line."""

import importlib.metadata
import platform

libraries = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("optuna", "hyperopt", "numpy", "scipy"))
print(f"Python {platform.python_version()}, {libraries}")
