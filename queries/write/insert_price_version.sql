-- A new price version.
-- grain: one row
insert into prices.versions (price_version, made_at, since_day, snapshot_version, table_hash, what, note)
values ($price_version, $made_at, $since_day, $snapshot_version, $table_hash, $what, $note)
