"""Where atheris is missing, there is nothing to collect of the harnesses."""

import importlib.util

collect_ignore = [] if importlib.util.find_spec("atheris") else ["harnesses.py"]
