"""Gives an appointment as a file that an agenda opens."""

from django.http import HttpResponse

from jalon.mailbox.agenda import Appointment, calendar_file


def calendar_response(appointment: Appointment) -> HttpResponse:
    """Return the file of an appointment, to be kept or opened by an agenda."""
    answer = HttpResponse(calendar_file(appointment), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{appointment.name}"'
    return answer
