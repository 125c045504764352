import re

from yanzhen.kernel.errors import FeelError


def _c(p, f):
    try:
        return re.compile(p, sum({"i": re.I, "m": re.M, "s": re.S, "x": re.X}[x] for x in f))
    except Exception:
        raise FeelError("bad pattern")


def find(t, p, f):
    return _c(p, f).search(t) is not None


def replace_all(t, p, r, f):
    return _c(p, f).sub(re.sub(r"\$(\d)", r"\\g<\1>", r), t)


def split_at(t, p):
    return _c(p, "").split(t)
