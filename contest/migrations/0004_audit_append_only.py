"""The audit is append-only in the database, too: a trigger refuses to change or take away a row."""

from django.db import migrations

TABLE = "contest_auditentry"
WORDS = "the audit is append-only"
POSTGRES = f"""
CREATE FUNCTION contest_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{WORDS}'; END $$;
CREATE TRIGGER contest_audit_append_only BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION contest_audit_refuse();
"""
POSTGRES_UNDO = f"""
DROP TRIGGER contest_audit_append_only ON {TABLE};
DROP FUNCTION contest_audit_refuse();
"""
SQLITE = [
    f"CREATE TRIGGER contest_audit_no_{deed.lower()} BEFORE {deed} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for deed in ("UPDATE", "DELETE")
]
SQLITE_UNDO = ["DROP TRIGGER contest_audit_no_update", "DROP TRIGGER contest_audit_no_delete"]


def _run(editor, postgres, sqlite):
    for statement in [postgres] if editor.connection.vendor == "postgresql" else sqlite:
        editor.execute(statement)


def forwards(_apps, schema_editor):
    _run(schema_editor, POSTGRES, SQLITE)


def backwards(_apps, schema_editor):
    _run(schema_editor, POSTGRES_UNDO, SQLITE_UNDO)


class Migration(migrations.Migration):
    dependencies = [("contest", "0003_contest_result")]
    operations = [migrations.RunPython(forwards, backwards)]
