"""How the glass looks while a person stands before it: their language, colours and letters. They end with the visit."""

from textual import on
from textual.app import App
from textual.theme import Theme

from kiosk.browser import ask_for_letters
from kiosk.desk import Desk
from kiosk.screen import ContrastChosen, LanguageChosen, LargeChosen
from kiosk.themes import CONTRAST, NIGHT


class Looks(App[None]):
    """An app that can be made to look otherwise, and looks as usual again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        for theme in (NIGHT, CONTRAST):
            self.register_theme(theme)
        # Before the style sheet is read: chosen when mounted, the theme would have all of it read a second time.
        self.set_reactive(App.theme, NIGHT.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.desk = desk

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(NIGHT.variables)

    def look_as_usual(self) -> None:
        """In Chinese, with the usual colours and letters."""
        self.desk.language = "zh"
        self._dress(NIGHT)
        self._enlarge(False)

    @property
    def _somebody_is_there(self) -> bool:
        """What a person chose just before going must not stand on the first screen for the next one."""
        return len(self.screen_stack) > 1

    @on(LanguageChosen)
    def _language_chosen(self) -> None:
        if self._somebody_is_there:
            self.desk.language = "en" if self.desk.language == "zh" else "zh"
            self.screen.refresh(recompose=True)

    @on(ContrastChosen)
    def _contrast_chosen(self) -> None:
        if self._somebody_is_there:
            self._dress(NIGHT if self.theme == CONTRAST.name else CONTRAST)
            self.screen.refresh(recompose=True)

    @on(LargeChosen)
    def _large_chosen(self) -> None:
        if self._somebody_is_there:
            self._enlarge(not self.desk.large)
            self.screen.refresh(recompose=True)

    def _enlarge(self, large: bool) -> None:
        if large != self.desk.large:
            ask_for_letters(self._driver, large)
        self.desk.large = large
        self.set_class(large, "large")

    def _dress(self, theme: Theme) -> None:
        self.theme = theme.name
        self.set_class(theme is CONTRAST, "contrast")
