"""Safeguard 23: a new version of an adopted pack shows the answers that change, and waits for a new signature."""

from datetime import datetime
from hashlib import sha256

from lodged.law.tree import Rule
from lodged.law.written import written_pack
from lodged.office.decisions.acts import adopt
from lodged.office.decisions.finds import binding, newest
from lodged.office.decisions.library import packs
from lodged.office.decisions.models import Adoption
from lodged.office.decisions.upgrade import upgraded, waiting
from lodged.office.desk.rounds import Round
from lodged.office.matters.models import Matter
from lodged.office.staff.models import User
from tests.office.conftest import JAIL, taken_in

PACK = "us-ny-nyc/9-131"


def adopted_older(staff: dict[str, User], at: datetime, text: str) -> None:
    """Counsel had adopted another text of one pack, and this version of every other."""
    adopt(JAIL, binding(JAIL), staff["counsel"], at)
    version = sha256(text.encode()).hexdigest()[:12]
    Adoption.objects.filter(custodian=JAIL, pack=PACK).update(version=version, text=text)


def older() -> str:
    """The pack as it would have been without the ban on telling of a release."""
    return written_pack(packs().by_id[PACK]).replace("forbid hold, notify", "forbid hold")


def test_what_is_adopted_keeps_its_text_and_its_tables(staff: dict[str, User], at: datetime) -> None:
    adopt(JAIL, binding(JAIL), staff["counsel"], at)
    kept = Adoption.objects.get(pack="us-ny-nyc/words")
    assert kept.text == written_pack(packs().by_id["us-ny-nyc/words"])
    assert list(kept.tables) == ["violent-or-serious.toml"]
    assert waiting(JAIL) == []


def test_a_new_version_shows_the_rules_and_the_answers_that_change(
    staff: dict[str, User], roster: None, at: datetime
) -> None:
    adopted_older(staff, at, older())
    matter = Matter.objects.get(paper__arrival=taken_in("detainer-with-warrant.tif", at))
    found = upgraded(JAIL, at)
    assert [one.pack.id for one in found.upgrades] == [PACK]
    assert [change.after.name for change in found.rules if change.after] == ["no-hold"]
    notify = [change for change in found.answers if change.act == "notify"]
    assert any(change.after == "forbidden" and change.about.startswith("worked case") for change in notify)
    assert any(change.about.startswith(matter.number) for change in notify)
    assert not [change for change in found.answers if change.act == "hold"]


def test_until_it_is_signed_nothing_stands_on_it_as_adopted(staff: dict[str, User], roster: None, at: datetime) -> None:
    adopted_older(staff, at, older())
    arrival = taken_in("detainer-with-warrant.tif", at)
    matter = Matter.objects.get(paper__arrival=arrival)
    assert not newest(matter).get(act="hold").adopted
    adopt(JAIL, {one.pack.id: one.version for one in waiting(JAIL)}, staff["counsel"], at)
    assert waiting(JAIL) == []
    Round(at).advance(arrival)
    assert newest(matter).get(act="hold").adopted


def test_a_text_that_was_not_kept_or_cannot_be_read_is_said(staff: dict[str, User], at: datetime) -> None:
    adopted_older(staff, at, older())
    Adoption.objects.filter(pack=PACK).update(text="")
    assert "was not kept" in upgraded(JAIL, at).trouble[0]
    Adoption.objects.filter(pack=PACK).update(text=older().replace("qualifying", "a_word_of_yore"))
    assert "cannot be read" in upgraded(JAIL, at).trouble[0]


def test_a_rule_that_is_gone_is_shown_on_one_side_alone(staff: dict[str, User], at: datetime) -> None:
    text = older() + '\nrule old-rule\n  forbid interview\n  cite "an old section"\n'
    adopted_older(staff, at, text)
    gone = [change for change in upgraded(JAIL, at).rules if change.after is None]
    assert [change.before.cite for change in gone if change.before] == ["an old section"]
    assert not any(isinstance(one, Rule) and one.name == "old-rule" for one in packs().by_id[PACK].statements)
