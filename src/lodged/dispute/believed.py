"""Which of the calls that fit is believed to be the one, and what else in our numbers speaks of a claim without one."""

from collections.abc import Mapping, Sequence

from lodged.dispute.banner import Banner
from lodged.dispute.match import DAY_S, Match, window
from lodged.dispute.our_records import Records
from lodged.dispute.sheet import Sheet
from lodged.dispute.sides import Call

UNEXPLAINED = 2  # an hour that the sender's banner neither tells nor denies
BANNER_S = 45  # dialling, ringing and training lie between the sheet's hour and that of the first page


def believed(sheet: Sheet, found: Sequence[Match], banners: Mapping[str, Banner]) -> tuple[Match, ...]:
    """Matches within the window; of wide ones only those whose hour the sender's own banner explains, or denies.

    The banner tells the sheet's hour: the sender's clock is off. It tells the same second of another minute, hour
    or day: the sheet's hour is not true. No banner, or another hour altogether: it is another paper, much alike.
    """
    if not any(match.wide for match in found):
        return tuple(found)
    judged = [(_explained(sheet, match, banner_of(match, banners)), match) for match in found]
    return tuple(match for place, match in sorted(judged, key=lambda one: (one[0], one[1].rank)) if place < UNEXPLAINED)


def _explained(sheet: Sheet, match: Match, banner: Banner | None) -> int:
    if banner is None or banner.at is None or sheet.started is None or sheet.started.at.tzinfo:
        return UNEXPLAINED
    apart = abs((banner.at.at - sheet.started.at).total_seconds())
    if apart <= BANNER_S + sheet.started.within_s + banner.at.within_s:
        return 0
    exact = sheet.started.within_s == 1 and banner.at.within_s == 1
    return 1 if exact and apart % 60 in (0, 1, 59) else UNEXPLAINED


def free(found: Sequence[Match], taken: frozenset[Call]) -> Match | None:
    """The best match, or one just as good where that call is another claim's already."""
    return next((one for one in found if one.call not in taken and one.rank[:3] <= found[0].rank[:3]), None)


def banner_of(match: Match | None, banners: Mapping[str, Banner]) -> Banner | None:
    if match is None:
        return None
    return next((banners[file.sha256] for file in match.call.files if file.sha256 in banners), None)


def bracket(sheet: Sheet, ours: Records) -> tuple[str, str] | None:
    """The last call before the claimed hours and the first after them, on one server whose numbers run on without a gap."""
    hours = window(sheet, ours.zone)
    if hours is None or len({call.spool for call in ours.calls if call.commid}) != 1:
        return None
    placed = [(call.started, call.commid) for call in ours.calls if call.started and call.commid.isdigit()]
    before = max(((at, number) for at, number in placed if at < hours[0]), default=None)
    after = min(((at, number) for at, number in placed if at > hours[1]), default=None)
    if not before or not after or not int(before[1]) < int(after[1]):
        return None
    between = {int(number) for _, number in placed}
    whole = all(number in between for number in range(int(before[1]), int(after[1]) + 1))
    return (before[1], after[1]) if whole else None


def alike(found: Sequence[Match]) -> tuple[str, ...]:
    """Papers of the same day that agree in all but the hour, and were not taken for this one."""
    return tuple(
        f"a paper much like it came on the same day (call {match.call.commid or 'without a number'}), at another hour"
        for match in found[:3]
        if match.wide and match.apart_s <= DAY_S
    )
