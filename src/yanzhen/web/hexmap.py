"""A schematic map of hexagons (示意图, not a map): one for each district, shaded by count."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

SIZE = 58.0
SHADES = 5


@dataclass(frozen=True, slots=True)
class Hex:
    """One district: its name, place (axial coordinates), count, code, and whether it is chosen."""

    label: str
    q: int
    r: int
    value: int
    code: str
    chosen: bool


def _centre(cell: Hex) -> tuple[float, float]:
    return SIZE * sqrt(3) * (cell.q + cell.r / 2), SIZE * 1.5 * cell.r


def hex_map(cells: Sequence[Hex], *, title: str, parameter: str = "district") -> SafeString:
    """The cells as SVG; each is a link that narrows the list to its district.

    The shade is one of five by share of the largest count; the count itself is written in the
    cell, so that nothing rests on colour alone.
    """
    if not cells:
        return mark_safe("")
    centres = [_centre(cell) for cell in cells]
    left = min(x for x, _ in centres) - SIZE
    top = min(y for _, y in centres) - SIZE
    width = max(x for x, _ in centres) + SIZE - left
    height = max(y for _, y in centres) + SIZE - top
    most = max(cell.value for cell in cells) or 1
    drawn = []
    for cell, (cx, cy) in zip(cells, centres, strict=True):
        x, y = cx - left, cy - top
        half = SIZE * sqrt(3) / 2
        corners = [
            (x, y - SIZE), (x + half, y - SIZE / 2), (x + half, y + SIZE / 2),
            (x, y + SIZE), (x - half, y + SIZE / 2), (x - half, y - SIZE / 2),
        ]  # fmt: skip
        points = " ".join(f"{px:.1f},{py:.1f}" for px, py in corners)
        shade = max(1, min(SHADES, round(SHADES * cell.value / most)))
        css = f"q{shade}{' sel' if cell.chosen else ''}"
        drawn.append(
            f'<a href="?{parameter}={escape(cell.code)}" '
            f'aria-label="{escape(cell.label)} {cell.value}">'
            f'<polygon class="{css}" points="{points}"/>'
            f'<text x="{x:.1f}" y="{y - 2:.1f}">{escape(cell.label)}</text>'
            f'<text class="v" x="{x:.1f}" y="{y + 16:.1f}">{cell.value:,}</text></a>'
        )
    return mark_safe(  # noqa: S308 -- every text in it is escaped above
        f'<svg class="chart hex" viewBox="0 0 {width:.0f} {height:.0f}" role="group" '
        f'aria-label="{escape(title)}">{"".join(drawn)}</svg>'
    )
