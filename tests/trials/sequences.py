"""Run any commands in any order, as the tests do but for longer, and print what was tried.

python -m tests.trials.sequences 2000
"""

import sys

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sequences import ENDINGS, Commands


def main(sequences: int, steps: int = 25) -> None:
    """Run sequences of commands; the first that breaks what must hold is printed and raises."""
    run_state_machine_as_test(
        Commands,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    commands = sum(count for (name, _), count in ENDINGS.items() if name != "verify")
    done = {name: count for (name, code), count in ENDINGS.items() if code == 0}
    print(f"sequences {sequences}, commands {commands}, done {sum(done.values()) - done.get('verify', 0)},")
    print(f"undone {done.get('undo', 0)}, broken 0; after each command verify agreed")
    for (name, code), count in sorted(ENDINGS.items()):
        print(f"  {name:10} exit {code}: {count}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
