"""What somebody hands in: the sender's sheet, a list, or a claim typed in."""

from datetime import datetime

from django import forms
from django.core.files.uploadedfile import UploadedFile

from lodged.dispute import Printed, Result, Sheet
from lodged.dispute.numbers import address, number
from lodged.page import DEFAULT

RESULTS = [
    ("not said", "Not said"),
    *((one.value, one.value.capitalize()) for one in Result if one is not Result.NOT_SAID),
]


class Paper(forms.Form):
    """The sender's own paper: a sheet, a delivery report, or a list as CSV."""

    paper = forms.FileField(allow_empty_file=True)

    def clean_paper(self) -> "UploadedFile[bytes]":
        """An empty file, or one too large to be opened, is refused here."""
        paper: UploadedFile[bytes] = self.cleaned_data["paper"]
        if not paper.size:
            raise forms.ValidationError("This file is empty. Ask the sender for the sheet again.")
        if paper.size > DEFAULT.bytes:
            raise forms.ValidationError(f"This file is larger than {DEFAULT.bytes // 1_000_000} MB.")
        return paper


class Claim(forms.Form):
    """A claim typed in: the number and the hour as the sender tells them."""

    dialled = forms.CharField(max_length=80)
    day = forms.DateField()
    hour = forms.TimeField()
    pages = forms.IntegerField(min_value=0, max_value=9_999, required=False)
    pages_in_document = forms.IntegerField(min_value=0, max_value=9_999, required=False)
    duration_s = forms.IntegerField(min_value=0, max_value=86_400, required=False)
    result = forms.ChoiceField(choices=RESULTS, required=False)
    station_id = forms.CharField(max_length=80, required=False)

    def clean_dialled(self) -> str:
        """A whole number, or a mailbox."""
        written: str = self.cleaned_data["dialled"]
        if not (number(written) or address(written)):
            raise forms.ValidationError("This is not a whole number. Give it with its area code, such as 512 555 0199.")
        return written

    def sheet(self) -> Sheet:
        """The claim as a sheet."""
        told = self.cleaned_data
        at = datetime.combine(told["day"], told["hour"])
        return Sheet(
            kind="typed",
            dialled=number(told["dialled"]) or address(told["dialled"]),
            written=told["dialled"],
            started=Printed(at, 1 if told["hour"].second else 60),
            duration_s=told["duration_s"],
            pages=told["pages"],
            pages_in_document=told["pages_in_document"],
            result=Result(told["result"] or "not said"),
            station_id=told["station_id"],
        )


class Searched(forms.Form):
    """One place of the checklist, what was there, and how it was searched."""

    place = forms.CharField(max_length=200)
    found = forms.ChoiceField(choices=[("no", "Nothing"), ("yes", "Something")])
    how = forms.CharField(max_length=300)
