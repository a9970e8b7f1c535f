"""The three administrators 三员 are exclusive, whoever writes the row: a trigger, because the
exclusion constraint over a range and an integer would need an extension (btree_gist)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION org_post_exclusive() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  exclusive text[] := ARRAY['system_admin', 'security_admin', 'audit_admin'];
BEGIN
  -- Two posts of one person written at the same moment wait for each other.
  PERFORM 1 FROM org_person WHERE id = NEW.person_id FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM org_post other
    WHERE other.person_id = NEW.person_id AND other.id <> NEW.id
      AND (NEW.role = ANY (exclusive) OR other.role = ANY (exclusive))
      AND daterange(other.valid_from, other.valid_to, '[]')
          && daterange(NEW.valid_from, NEW.valid_to, '[]')
  ) THEN
    RAISE EXCEPTION '系统、安全、审计管理员互斥，且不得兼任业务岗位'
      USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'administrators_hold_one_post';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER org_post_exclusive BEFORE INSERT OR UPDATE ON org_post
  FOR EACH ROW EXECUTE FUNCTION org_post_exclusive();
"""
BACKWARD = """
DROP TRIGGER org_post_exclusive ON org_post;
DROP FUNCTION org_post_exclusive();
"""


class Migration(migrations.Migration):
    dependencies = [("org", "0002_area_successor")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
