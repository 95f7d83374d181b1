"""Which words of a Word document nobody sees on paper: by themselves or by a style."""

from typing import Any

from docx.oxml.ns import qn

_VALUE, _STYLE_ID = qn("w:val"), qn("w:styleId")
_OFF = {"0", "false", "off"}
_VANISH = f"{qn('w:rPr')}/{qn('w:vanish')}"
_OF_WORDS = f"{qn('w:rPr')}/{qn('w:rStyle')}"
_OF_PARAGRAPH = f"{qn('w:pPr')}/{qn('w:pStyle')}"
_DEEPEST = 12  # styles based on one another


def is_on(switch: Any) -> bool:
    """Tell whether a property is there and not switched off."""
    return switch is not None and switch.get(_VALUE, "") not in _OFF


class HiddenStyles:
    """Tells of a run of words whether it is hidden, styles taken into account."""

    def __init__(self, styles: Any = None) -> None:
        self._own: dict[str, bool] = {}
        self._based_on: dict[str, str] = {}
        for style in [] if styles is None else styles.iter(qn("w:style")):
            name = style.get(_STYLE_ID, "")
            if (switch := style.find(_VANISH)) is not None:
                self._own[name] = is_on(switch)
            if (base := style.find(qn("w:basedOn"))) is not None:
                self._based_on[name] = base.get(_VALUE, "")

    def hide(self, run: Any) -> bool:
        """Tell what the nearest of run, its style and that of its paragraph says."""
        if (switch := run.find(_VANISH)) is not None:
            return is_on(switch)
        if not any(self._own.values()):
            return False
        paragraph = next(run.iterancestors(qn("w:p")), None)
        holders = ((run, _OF_WORDS), (paragraph, _OF_PARAGRAPH))
        for holder, place in holders:
            style = holder.find(place) if holder is not None else None
            told = self._told(style.get(_VALUE, "")) if style is not None else None
            if told is not None:
                return told
        return False

    def _told(self, style: str) -> bool | None:
        for _ in range(_DEEPEST):
            if style in self._own:
                return self._own[style]
            style = self._based_on.get(style, "")
        return None
