"""The journal of live rounds is append-only in the database, too: a trigger refuses to change or take away an event.

A rehearsal may be cleared.
"""

from django.db import migrations

TABLE = "contest_liveevent"
WORDS = "the journal is append-only"
POSTGRES = f"""
CREATE FUNCTION contest_live_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM contest_liveround WHERE id = OLD.round_id AND rehearsal) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '{WORDS}';
END $$;
CREATE TRIGGER contest_live_append_only BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION contest_live_refuse();
"""  # noqa: S608
POSTGRES_UNDO = f"""
DROP TRIGGER contest_live_append_only ON {TABLE};
DROP FUNCTION contest_live_refuse();
"""
REFUSE = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
PLAYED = "(SELECT rehearsal FROM contest_liveround WHERE id = OLD.round_id) = 0"
SQLITE = [
    f"CREATE TRIGGER contest_live_no_update BEFORE UPDATE ON {TABLE} {REFUSE}",
    f"CREATE TRIGGER contest_live_no_delete BEFORE DELETE ON {TABLE} WHEN {PLAYED} {REFUSE}",
]
SQLITE_UNDO = ["DROP TRIGGER contest_live_no_update", "DROP TRIGGER contest_live_no_delete"]


def _run(editor, postgres, sqlite):
    for statement in [postgres] if editor.connection.vendor == "postgresql" else sqlite:
        editor.execute(statement)


def forwards(_apps, schema_editor):
    _run(schema_editor, POSTGRES, SQLITE)


def backwards(_apps, schema_editor):
    _run(schema_editor, POSTGRES_UNDO, SQLITE_UNDO)


class Migration(migrations.Migration):
    dependencies = [("contest", "0005_live_rounds")]
    operations = [migrations.RunPython(forwards, backwards)]
