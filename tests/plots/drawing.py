"""What all pictures have in common: their colours, and that the same figures give the same bytes."""

from __future__ import annotations

from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

OURS, OTHERS, TARGET = "#1f5fa8", "#b4b4b4", "#c03a2b"
"""Dateline, what it is compared with, what is to be reached: apart for the colour-blind, and in grey."""

matplotlib.rcParams.update(
    {
        "svg.hashsalt": "dateline",  # else ids differ from run to run
        "svg.fonttype": "none",  # text stays text, to be searched and read aloud
        "font.family": "sans-serif",
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "legend.frameon": False,
    }
)


def canvas(columns: int, width: float, height: float) -> tuple[Figure, list[Axes]]:
    """An empty picture of so many panels side by side; inches."""
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, [figure.add_subplot(1, columns, at + 1) for at in range(columns)]


def write(figure: Figure, path: Path) -> Path:
    """Write it as SVG, without the date. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
    return path
