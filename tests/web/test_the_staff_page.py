"""Who works here: taken on with a password shown once, and gone without losing what they did."""

from collections.abc import Callable

from django.test import Client

from lodged.office.staff.models import User

Visit = Callable[[str], Client]


def test_somebody_who_left_can_sign_in_no_more(visit: Visit) -> None:
    page = visit("admin").post("/staff", {"leave": "clerk2"}, follow=True)
    assert b"can sign in no more" in page.content
    assert not User.objects.get(username="clerk2").is_active


def test_somebody_who_left_is_turned_away_where_they_were_signed_in(visit: Visit) -> None:
    leaver = visit("clerk2")
    visit("admin").post("/staff", {"leave": "clerk2"})
    assert leaver.get("/").status_code == 302


def test_an_administrator_cannot_end_their_own_work(visit: Visit) -> None:
    page = visit("admin").post("/staff", {"leave": "admin"}, follow=True)
    assert b"another administrator must" in page.content
    assert User.objects.get(username="admin").is_active


def test_a_new_password_lifts_a_lock_out(visit: Visit) -> None:
    stranger = Client()
    for _ in range(6):
        locked = stranger.post("/sign-in", {"username": "clerk", "password": "not it"})
    assert b"Too many wrong passwords" in locked.content
    told = {"username": "clerk", "name": "Kay Clerk", "role": "clerk"}
    page = visit("admin").post("/staff", told).content.decode()
    password = page.partition('password <code class="strong">')[2].partition("<")[0]
    assert stranger.post("/sign-in", {"username": "clerk", "password": password}).status_code == 302
