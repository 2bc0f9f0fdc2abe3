"""What Textual would keep of screens that are gone; a kiosk opens some hundred thousand a year."""

from textual._styles_cache import StylesCache


def let_go_of_dead_widgets() -> None:
    """Make Textual remember pairs of background colours alone, and not which widget asked for them.

    Textual 8.2 keeps the last thousand pairs on what is meant to be a class method and is none: each with the widget's
    own cache, and so with every line that widget was painted from. That is 40 MB, all looked through for garbage.
    """
    pairs = vars(StylesCache)["get_inner_outer"]
    if not isinstance(pairs, classmethod):
        type.__setattr__(StylesCache, "get_inner_outer", classmethod(pairs))
