"""What can go wrong with a calendar: one root, and one class a kind."""


class WhenError(Exception):
    """The root of everything this package raises about calendars."""


class UnknownCalendarError(WhenError):
    """No calendar has this id."""

    def __init__(self, calendar_id: str, known: tuple[str, ...]) -> None:
        self.calendar_id, self.known = calendar_id, known
        super().__init__(f"`{calendar_id}` is not a calendar; there are: {', '.join(known)}")


class UnknownYearError(WhenError):
    """The calendar does not list this year's holidays, and nobody guesses them."""

    def __init__(self, calendar_id: str, year: int, first_year: int, last_year: int) -> None:
        self.calendar_id, self.year, self.first_year, self.last_year = calendar_id, year, first_year, last_year
        super().__init__(f"the calendar `{calendar_id}` lists the years {first_year} to {last_year}, not `{year}`")
