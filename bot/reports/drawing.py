"""Pictures for the phone, drawn with matplotlib: 390 points wide, at double density."""

import io
from typing import Final, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from PIL import Image

from bot.reports.colours import INK, PALE
from knowledge.accounting.faults import shown

WIDTH: Final = 390
MARGIN: Final = 10
DOTS: Final = 100  # a point of the phone is a hundredth of an inch here
DENSITY: Final = 2
SMALL: Final = 8.0  # about 11 points on the phone
HEAD: Final = 7.0
LONGEST_TEXT: Final = 80
COLOURS: Final = 48


class Picture:
    """White paper of a height in points. Places count from its upper left corner, to the right and downwards."""

    def __init__(self, height: float) -> None:
        figure = Figure(figsize=(WIDTH / DOTS, height / DOTS), dpi=DOTS * DENSITY, facecolor="white")
        self._canvas = FigureCanvasAgg(figure)
        self.axes = figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)
        self.axes.axis("off")
        self.pen = Pen(self.axes, self._canvas.get_renderer())

    def png(self) -> bytes:
        """What was drawn. A few dozen colours are enough for text, and a quarter of the size."""
        self._canvas.draw()
        pixels = bytes(self._canvas.buffer_rgba())
        picture = Image.frombytes("RGBA", self._canvas.get_width_height(), pixels)
        file = io.BytesIO()
        picture.convert("RGB").quantize(COLOURS).save(file, "PNG", optimize=True)
        return file.getvalue()


class Pen:
    """Writes texts into the room that they have; what does not fit ends with '…'."""

    def __init__(self, axes: Axes, renderer: RendererAgg) -> None:
        self._axes = axes
        self._renderer = renderer

    def write(
        self,
        x: float,
        y: float,
        text: str,
        room: float,
        *,
        color: str,
        is_bold: bool = False,
        is_right: bool = False,
        size: float = SMALL,
    ) -> None:
        """One line, its middle at y; nothing in it is read as a formula."""
        font = FontProperties(size=size, weight="bold" if is_bold else "normal")
        fitting = self._fitting(text, room, font)
        side: Literal["right", "left"] = "right" if is_right else "left"
        self._axes.text(
            x, y, fitting, fontproperties=font, color=color, va="center_baseline", ha=side, parse_math=False
        )

    def write_centred(self, x: float, y: float, text: str, *, color: str, is_bold: bool, size: float) -> None:
        """One line, its middle at x and y."""
        font = FontProperties(size=size, weight="bold" if is_bold else "normal")
        self._axes.text(
            x, y, text, fontproperties=font, color=color, va="center_baseline", ha="center", parse_math=False
        )

    def write_wrapped(self, x: float, y: float, text: str, room: float) -> None:
        """A heading, in two lines where it needs them; right-aligned."""
        font = FontProperties(size=HEAD, weight="bold")
        lines = [text]
        if self._width(text, font) > room and " " in text:
            words = text.split()
            cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
            lines = list(min(cuts, key=lambda cut: max(self._width(line, font) for line in cut)))
        for place, line in enumerate(lines):
            self.write(
                x,
                y + (place - (len(lines) - 1) / 2) * 12,
                line,
                room,
                color=INK,
                is_bold=True,
                is_right=True,
                size=HEAD,
            )

    def fill(self, top: float, bottom: float) -> None:
        """A pale band."""
        self._axes.fill_between([MARGIN, WIDTH - MARGIN], top, bottom, color=PALE, linewidth=0)

    def rule(self, y: float, color: str, width: float) -> None:
        """A line from side to side."""
        self._axes.plot([MARGIN, WIDTH - MARGIN], [y, y], color=color, linewidth=width)

    def _fitting(self, text: str, room: float, font: FontProperties) -> str:
        text = shown(text, LONGEST_TEXT)
        if self._width(text, font) <= room:
            return text
        while len(text) > 1 and self._width(f"{text}…", font) > room:
            text = text[:-1].rstrip()
        return f"{text}…"

    def _width(self, text: str, font: FontProperties) -> float:
        width, _, _ = self._renderer.get_text_width_height_descent(text, font, ismath=False)
        return float(width) / DENSITY
