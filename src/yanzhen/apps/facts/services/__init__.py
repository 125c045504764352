"""Taking in files, deciding links, correcting values, making snapshots."""

from yanzhen.apps.facts.services.decide import decide_correction, decide_link, propose_correction
from yanzhen.apps.facts.services.examine import Examined, examine
from yanzhen.apps.facts.services.links import relink_all
from yanzhen.apps.facts.services.load import cancel_load, load_file, receive_file, run_load
from yanzhen.apps.facts.services.progress import CancelledError
from yanzhen.apps.facts.services.snapshot import make_snapshot

__all__ = [
    "CancelledError",
    "Examined",
    "cancel_load",
    "decide_correction",
    "decide_link",
    "examine",
    "load_file",
    "make_snapshot",
    "propose_correction",
    "receive_file",
    "relink_all",
    "run_load",
]
