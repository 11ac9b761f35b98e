"""Look-backs in SQL: the same calendar arithmetic as `measure.looks_back`, 29 February included."""

# Each macro is one function of `lodged.law.measure` or `lodged.when`, or its inverse; tests hold them against it.
MACROS = (
    "CREATE OR REPLACE MACRO as_28th(d) AS CASE WHEN month(d) = 2 AND day(d) = 29 THEN d - 1 ELSE d END",
    # `years_before`: the same calendar day N years earlier, 29 February as the 28th.
    """CREATE OR REPLACE MACRO years_before(d, n) AS make_date((year(d) - n)::INTEGER, month(d)::INTEGER,
       (CASE WHEN month(d) = 2 AND day(d) = 29 THEN 28 ELSE day(d) END)::INTEGER)""",
    # The last day that still reads as `d` where 29 February counts as the 28th.
    """CREATE OR REPLACE MACRO up_to_29th(d) AS
       CASE WHEN month(d) = 2 AND day(d) = 28 AND month(d + 1) = 2 THEN d + 1 ELSE d END""",
    # The last day whose look-back of N years reaches `d`: the inverse of `years_before`.
    """CREATE OR REPLACE MACRO last_reaching(d, n) AS CASE WHEN month(d) = 2 AND day(d) >= 28
       THEN make_date((year(d) + n)::INTEGER, 3, 1) - 1
       ELSE make_date((year(d) + n)::INTEGER, month(d)::INTEGER, day(d)::INTEGER) END""",
    # Whole days, as `looks_back` counts them; beyond some two thousand years more days reach no further.
    "CREATE OR REPLACE MACRO whole_days(n) AS trunc(least(coalesce(n, 0), 800000))::INTEGER",
    # A turning point outside the years that a paper or person can have is at their edge.
    "CREATE OR REPLACE MACRO in_our_time(d) AS greatest(DATE '1899-12-31', least(d, DATE '2200-01-01'))",
    "CREATE OR REPLACE MACRO side(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN 0 WHEN a < b THEN 1 WHEN a = b THEN 2 ELSE 3 END",
)


def first_reached(last: str, years: int, leap: bool, plus: str) -> str:
    """The first day inside a look-back, as SQL; `plus` may be empty."""
    reached = f"years_before({last}, {years})" + (f" - whole_days({plus})" if plus else "")
    return f"as_28th({reached})" if leap else f"({reached})"


def counted_from(first: str, leap: bool) -> str:
    """The day up to which a look-back may reach and still hold `first`, as SQL."""
    return f"up_to_29th({first})" if leap else first


def last_holding(first: str, years: int, leap: bool, plus: str) -> str:
    """The last day whose look-back still holds `first`, as SQL."""
    start = counted_from(first, leap) + (f" + whole_days({plus})" if plus else "")
    return f"last_reaching({start}, {years})"
