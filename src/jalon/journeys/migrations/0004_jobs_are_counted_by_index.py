"""The health page counts the jobs that wait and that failed without reading those that are done."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0003_journal_is_append_only"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(
            """
            CREATE INDEX jalon_jobs_to_watch ON procrastinate_jobs (status)
                WHERE status IN ('todo', 'failed');
            """,
            "DROP INDEX jalon_jobs_to_watch;",
        ),
    ]
