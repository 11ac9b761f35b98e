"""Every address of the office. None carries a name, a birth date or a file number of a person (safeguard 2)."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from lodged.office.answers.views import letter, letter_page
from lodged.office.decisions.local_views import adopt_local_law, local_law, withdraw_local_law
from lodged.office.decisions.upgrade_views import upgrade
from lodged.office.decisions.views import adopt, law, pack
from lodged.office.desk.pages import (
    health,
    law_ask,
    law_compare,
    law_matrix,
    matter,
    paper,
    queue,
    release,
    release_beforehand,
    search,
    take_in,
)
from lodged.office.desk.pages.keys import keys
from lodged.office.desk.pages.safety import original, quarantine, safety
from lodged.office.disputes import views as disputes
from lodged.office.portal import agency_views, views
from lodged.office.portal.api import addresses
from lodged.office.readings.views import copy, page_picture
from lodged.office.reports.views import report, reports
from lodged.office.room.views import check, offline, verify
from lodged.office.seals.views import checkpoint, entries, entry, log_key, receipt, witnessed_receipt
from lodged.office.staff.views import SignIn, staff

urlpatterns = [
    path("", queue.desk, name="desk"),
    path("sign-in", SignIn.as_view(), name="sign_in"),
    path("sign-out", LogoutView.as_view(), name="sign_out"),
    path("keys", keys, name="keys"),
    path("search", search.search, name="search"),
    path("take-in", take_in.take_in, name="take_in"),
    path("arrivals/<str:number>", take_in.arrival, name="arrival"),
    path("arrivals/<str:number>/doing", take_in.doing, name="doing"),
    path("arrivals/<str:number>/advance", take_in.advance, name="advance"),
    path("arrivals/<str:number>/original", original, name="original"),
    path("arrivals/<str:number>/quarantine", quarantine, name="quarantine"),
    path("arrivals/<str:number>/copy.pdf", copy, name="copy"),
    path("arrivals/<str:number>/pages/<int:page>.png", page_picture, name="page_picture"),
    path("papers/<str:number>/<int:position>", paper.paper, name="paper"),
    path("papers/<str:number>/<int:position>/correct", paper.correct, name="correct"),
    path("papers/<str:number>/<int:position>/choose", paper.choose, name="choose"),
    path("papers/<str:number>/<int:position>/close", paper.close, name="close"),
    path("papers/<str:number>/<int:position>/addressee", paper.addressee, name="addressee"),
    path("papers/<str:number>/<int:position>/look", paper.look, name="look"),
    path("matters/<str:number>", matter.matter, name="matter"),
    path("matters/<str:number>/answer", matter.answer, name="answer_fact"),
    path("matters/<str:number>/ask", matter.ask_again, name="ask_again"),
    path("matters/<str:number>/contested", matter.contested, name="contested"),
    path("matters/<str:number>/review", matter.review, name="review"),
    path("matters/<str:number>/letters/<int:version>.pdf", letter, name="letter"),
    path("matters/<str:number>/letters/<int:version>.png", letter_page, name="letter_page"),
    path("matters/<str:number>/letters/<int:version>/address", matter.address, name="address"),
    path("matters/<str:number>/letters/<int:version>/sent", matter.sent, name="sent"),
    path("release", release.release, name="release"),
    path("release/check", release.check, name="release_check"),
    path("release/checks/<int:number>", release.checked, name="release_checked"),
    path("release/answers/<str:number>", release.answered, name="release_answer"),
    path("release/order", release.ordered, name="release_order"),
    path("release/tries/<str:number>", release.tried, name="release_tried"),
    path("release/default", release_beforehand.default, name="release_default"),
    path("release/sheets", release_beforehand.sheets, name="release_sheets"),
    path("release/sheets/<int:number>", release_beforehand.sheet, name="release_sheet"),
    path("release/sheets/<int:number>/destroyed", release_beforehand.destroyed, name="release_sheet_destroyed"),
    path("receipts/<str:number>.pdf", receipt, name="receipt"),
    path("receipts/<str:number>/witnessed.pdf", witnessed_receipt, name="witnessed_receipt"),
    path("verify", verify, name="verify"),
    path("verify.html", offline, name="verify_offline"),
    path("verify/check", check, name="verify_check"),
    path("disputes", disputes.disputes, name="disputes"),
    path("disputes/paper", disputes.hear_paper, name="hear_paper"),
    path("disputes/claim", disputes.hear_claim, name="hear_claim"),
    path("disputes/sweep", disputes.sweep, name="sweep"),
    path("disputes/lists/<str:number>", disputes.senders_list, name="senders_list"),
    path("disputes/lists/<str:number>/<str:which>.csv", disputes.senders_list_rows, name="senders_list_rows"),
    path("disputes/<str:number>", disputes.dispute, name="dispute"),
    path("disputes/<str:number>/look", disputes.look_again, name="look_again"),
    path("disputes/<str:number>/search", disputes.search, name="search_place"),
    path("disputes/<str:number>/papers/<str:kind>/draft", disputes.draft, name="draft_paper"),
    path("disputes/<str:number>/papers/<str:kind>/approve", disputes.approve, name="approve_paper"),
    path(
        "disputes/<str:number>/findings/<int:finding>/<str:kind>-<int:version>.pdf",
        disputes.paper,
        name="finding_paper",
    ),
    path("law", law, name="law"),
    path("law/adopt", adopt, name="adopt"),
    path("law/ask", law_ask.ask, name="law_ask"),
    path("law/ask.json", law_ask.ask_json, name="law_ask_json"),
    path("law/compare", law_compare.compare, name="law_compare"),
    path("law/everywhere", law_matrix.matrix, name="law_matrix"),
    path("law/local", local_law, name="local_law"),
    path("law/local/adopt", adopt_local_law, name="adopt_local_law"),
    path("law/local/<int:number>/withdraw", withdraw_local_law, name="withdraw_local_law"),
    path("law/upgrade", upgrade, name="upgrade"),
    path("law/<path:name>", pack, name="pack"),
    path("reports", reports, name="reports"),
    path("reports/<int:number>", report, name="report"),
    path("log/entries", entries, name="entries"),
    path("log/entries/<int:index>", entry, name="entry"),
    path("log/key", log_key, name="log_key"),
    path("log/checkpoint", checkpoint, name="checkpoint"),
    path("safety", safety, name="safety"),
    path("staff", staff, name="staff"),
    path("agencies", agency_views.agencies, name="agencies"),
    path("agencies/<int:number>", agency_views.agency, name="agency"),
    path("portal", views.papers, name="portal"),
    path("portal/sign-in", views.sign_in, name="portal_sign_in"),
    path("portal/sign-out", views.sign_out, name="portal_sign_out"),
    path("portal/submit", views.hand_in, name="portal_submit"),
    path("portal/papers/<str:number>", views.paper, name="portal_paper"),
    path("portal/papers/<str:number>/receipt.pdf", views.receipt, name="portal_receipt"),
    path("portal/papers/<str:number>/withdraw", views.withdraw, name="portal_withdraw"),
    *addresses(),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
