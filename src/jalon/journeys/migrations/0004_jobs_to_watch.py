"""The health page counts the jobs that wait and that failed without reading those that are done."""

from django.db import migrations


class Migration(migrations.Migration):
    replaces = [
        ("journeys", "0004_jobs_are_counted_by_index"),
    ]
    dependencies = [
        ("journeys", "0003_what_was_kept_stays"),
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
