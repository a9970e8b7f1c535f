from django.db import migrations

from huiyin.base.rules.append_only import protect, unprotect

LEDGERS = ("cases_event", "cases_duty", "cases_unit_duty", "cases_seal")


class Migration(migrations.Migration):
    """The ledger only grows; each event refers to the duty under which it was done.

    (case, round, person, duty) is the key of cases_duty, and (case, round, person) is unique
    there: a second duty of one person in one round cannot be written by anybody.
    """

    dependencies = [("cases", "0001_initial"), ("base", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE cases_event ADD CONSTRAINT an_event_stands_on_its_duty"
            " FOREIGN KEY (case_id, round, person_id, duty)"
            " REFERENCES cases_duty (case_id, round, person_id, duty)",
            "ALTER TABLE cases_event DROP CONSTRAINT an_event_stands_on_its_duty",
        ),
        *(migrations.RunSQL(protect(t), unprotect(t)) for t in LEDGERS),
        # Public numbers come from a sequence: no writer waits for another. The sealer lists the
        # numbers that were drawn and never used, so that any other gap is a removed case.
        migrations.RunSQL("CREATE SEQUENCE cases_number AS bigint", "DROP SEQUENCE cases_number"),
    ]
