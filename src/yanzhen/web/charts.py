"""Charts drawn on the server as SVG (图表): no script, printable, with a table beside them.

Colours come from the style sheet by class, so that a chart follows the theme and the page's
security policy, which allows no inline style.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LABEL, VALUE, ROW, BAR = 150, 110, 26, 16
WIDTH = 640


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its length in the chart's own unit, and the words of its value."""

    label: str
    value: float
    words: str


def bar_chart(bars: Sequence[Bar], *, title: str, css: str = "b1") -> SafeString:
    """Horizontal bars with their values written out; nothing but a title for no bars.

    Args:
        bars: in the order in which they are drawn, longest label about ten characters.
        title: read aloud in place of the picture.
        css: class that colours the bars.
    """
    top = max((bar.value for bar in bars), default=0) or 1
    room = WIDTH - LABEL - VALUE
    parts = []
    for row, bar in enumerate(bars):
        y = row * ROW
        length = room * bar.value / top
        parts.append(
            f'<text x="0" y="{y + 17}">{escape(_short(bar.label))}</text>'
            f'<rect class="track" x="{LABEL}" y="{y + 5}" width="{room}" height="{BAR}" rx="2"/>'
            f'<rect class="{css}" x="{LABEL}" y="{y + 5}" width="{length:.1f}" '
            f'height="{BAR}" rx="2"/>'
            f'<text x="{WIDTH}" y="{y + 17}" text-anchor="end">{escape(bar.words)}</text>'
        )
    return _svg(parts, len(bars) * ROW or ROW, title)


def share_bar(parts: Sequence[tuple[str, float]], *, title: str) -> SafeString:
    """One bar divided among classes, such as yes, unknown and no."""
    total = sum(value for _, value in parts) or 1
    x, drawn = 0.0, []
    for css, value in parts:
        width = WIDTH * value / total
        drawn.append(f'<rect class="{css}" x="{x:.1f}" y="0" width="{width:.1f}" height="14"/>')
        x += width
    return _svg(drawn, 14, title, stretch=True)


def _short(label: str, most: int = 11) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"


def _svg(parts: Sequence[str], height: int, title: str, *, stretch: bool = False) -> SafeString:
    ratio = ' preserveAspectRatio="none"' if stretch else ""
    return mark_safe(  # noqa: S308 -- every text in it is escaped above
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}"{ratio} role="img" '
        f'aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )
