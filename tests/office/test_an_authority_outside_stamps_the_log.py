"""Each day's head is stamped by an authority outside, each year the chain is renewed, and OpenSSL accepts every stamp."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from lodged.log.entry import parse_event
from lodged.log.errors import StampError
from lodged.log.stamp import check_chain
from lodged.log.witness import Answer
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.desk import porter
from lodged.office.home import Home
from lodged.office.seals.models import Entry, Stamp
from lodged.office.seals.outside import UnreachableError
from lodged.office.seals.stamping import Send, stamp
from lodged.office.seals.stamps import chain, links_of
from lodged.office.seals.written_out import write_out
from tests.log.authority import Authority

DAY = timedelta(days=1)


@pytest.fixture
def authority(home: Home, settings: Settings, tmp_path: Path) -> Authority:
    """An authority that is named and trusted; one paper is in the log."""
    made = Authority(tmp_path / "tsa")
    settings.LODGED_STAMPS = "http://tsa.example.org/"
    home.stamp_roots.write_bytes(made.roots_file.read_bytes())
    return made


def send(authority: Authority) -> Send:
    return lambda address, query, kind: Answer(200, "application/timestamp-reply", authority.answer(query))


def test_a_day_has_one_stamp_and_its_entry(authority: Authority, at: datetime) -> None:
    receive(Delivery(b"a paper", "us-ny-nyc/doc", "fax"), at)
    made = [stamp(at + hours * timedelta(hours=1), send(authority)) for hours in (0, 1, 3)]
    assert [one is not None for one in made] == [True, False, True]  # 21:52 and 22:52 are one day in UTC
    facts = parse_event(bytes(Entry.objects.filter(kind="TimeStamp").order_by("index")[0].event)).facts
    assert (facts["size"], facts["renews"], facts["algorithm"]) == (1, [], "sha256")


def test_a_year_later_the_chain_is_renewed_with_a_longer_hash(authority: Authority, at: datetime) -> None:
    receive(Delivery(b"a paper", "us-ny-nyc/doc", "fax"), at)
    made = [stamp(at, send(authority))]
    made_at = Stamp.objects.get().time
    for years in (1, 2):
        receive(Delivery(b"paper %d" % years, "us-ny-nyc/doc", "fax"), at)
        Stamp.objects.filter(pk=chain()[-1].pk).update(time=made_at - 366 * DAY)
        made.append(stamp(at + timedelta(minutes=years), send(authority)))
    assert [one.renewal for one in made if one] == [False, True, True]
    assert [one.algorithm for one in check_chain(links_of(chain()), [authority.root])] == ["sha256", "sha512", "sha512"]
    facts = parse_event(bytes(chain()[2].entry.event)).facts
    assert facts["renews"] == [one.entry_id for one in chain()[:2]]


def test_a_certificate_about_to_end_is_renewed_before(authority: Authority, at: datetime) -> None:
    receive(Delivery(b"a paper", "us-ny-nyc/doc", "fax"), at)
    stamp(at, send(authority))
    first = Stamp.objects.get()
    Stamp.objects.update(time=first.time - 8 * DAY, until=first.time + 29 * DAY)
    assert getattr(stamp(at, send(authority)), "renewal", None) is True
    assert stamp(at, send(authority)) is None


def test_openssl_accepts_what_is_written_out(authority: Authority, at: datetime, tmp_path: Path) -> None:
    receive(Delivery(b"a paper", "us-ny-nyc/doc", "fax"), at)
    stamp(at, send(authority))
    Stamp.objects.update(time=Stamp.objects.get().time - 366 * DAY)
    stamp(at, send(authority))
    write_out(tmp_path / "log")
    for number in (0, 1):
        text, answer = (tmp_path / "log" / "stamps" / f"{number}.{kind}" for kind in ("text", "tsr"))
        assert authority.openssl_accepts(answer.read_bytes(), text.read_bytes())


def test_an_authority_that_does_not_hold_leaves_nothing_behind(
    authority: Authority, home: Home, at: datetime, tmp_path: Path
) -> None:
    receive(Delivery(b"a paper", "us-ny-nyc/doc", "fax"), at)
    other = Authority(tmp_path / "other")

    def nobody(address: str, query: bytes, kind: str) -> Answer:
        raise UnreachableError("nobody answers")

    for sent in (send(other), nobody, lambda *_: Answer(503, "text/html", b"later")):
        with pytest.raises(StampError):
            stamp(at, sent)
    home.stamp_roots.unlink()
    with pytest.raises(StampError, match="certificates"):
        stamp(at, send(authority))
    assert (Stamp.objects.count(), Entry.objects.count()) == (0, 1)


def test_without_an_authority_nothing_is_asked(home: Home, at: datetime) -> None:
    receive(Delivery(b"a paper", "us-ny-nyc/doc", "fax"), at)
    porter.stamp(at)
    assert not Stamp.objects.exists()


def test_the_porters_round_goes_on_where_nobody_answers(authority: Authority, settings: Settings, home: Home) -> None:
    settings.LODGED_STAMPS = "http://127.0.0.1:1/"
    home.witnesses.write_text("no policy at all")
    porter.go_round()
    assert list(Entry.objects.values_list("kind", flat=True)) == ["Heartbeat"]
