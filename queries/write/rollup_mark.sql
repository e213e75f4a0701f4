-- Refresh 16: say that the rollup now holds everything up to $upto_batch_id.
-- grain: the row of rollup.watermarks
update rollup.watermarks
set batch_id = $upto_batch_id::bigint, refreshed_at = now() at time zone 'UTC'
