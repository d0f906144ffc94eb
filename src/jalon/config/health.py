"""Answers whether this process, the database and the queue of jobs are well."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from procrastinate.contrib.django.models import ProcrastinateJob


def health(request: HttpRequest) -> JsonResponse:
    """Return {database, jobs_waiting, jobs_failed}; status 503 when the database does not answer."""
    try:
        connection.ensure_connection()
        waiting = ProcrastinateJob.objects.filter(status="todo").count()
        failed = ProcrastinateJob.objects.filter(status="failed").count()
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "up", "jobs_waiting": waiting, "jobs_failed": failed})
