"""Run the demonstration's stages and kill this very process at one exact place.

``python demo_killed.py LABEL DONE``: SIGKILL at the first word of progress of the stage whose
bar is LABEL and that has got to DONE; without arguments, to the end of the decisions.
"""

import os
import signal
import sys
from contextlib import contextmanager


def main(deadly="", at=0):
    """Everything up to the accounts: hashing their passwords takes long."""
    os.environ["YANZHEN_DEMO"] = "1"
    from yanzhen.config.cli.common import with_django  # noqa: PLC0415 -- only when run

    with_django(ready=False)
    from yanzhen.config.demo import run, stages  # noqa: PLC0415 -- after django.setup
    from yanzhen.config.progress import Laps  # noqa: PLC0415 -- likewise

    @contextmanager
    def bar(label):
        """Progress that nobody sees and, at one place, nobody survives."""

        def tell(done, total, words=""):
            if label == deadly and done >= at:
                os.kill(os.getpid(), signal.SIGKILL)

        yield tell

    def end_here(city):
        raise SystemExit(0)

    vars(stages).update(bar=bar, make_accounts=end_here)
    run._prepare(3000, Laps())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2])) if len(sys.argv) > 1 else main()
