"""A seal keeps the rows it counted; seals from before have none and keep their hash."""

from django.db import migrations, models

BYTES = """
create or replace function kpi_seal_bytes(s kpi_seal) returns bytea language sql immutable set search_path = public, pg_temp as $$
  select convert_to((jsonb_build_array(
    s.seq, s.sheet_id, (extract(epoch from s.sealed_at) * 1000000)::bigint, s.sealed_by_id, s.inputs, s.scheme, s.result, s.points::text
  ) %s)::text, 'UTF8')
$$;
"""
FORWARD = BYTES % "|| case when s.counted = '' then '[]'::jsonb else jsonb_build_array(s.counted) end"
BACKWARD = BYTES % ""


class Migration(migrations.Migration):
    dependencies = [("kpi", "0003_first_schemes")]
    operations = [
        migrations.AddField("seal", "counted", models.TextField(default="", db_default="")),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
