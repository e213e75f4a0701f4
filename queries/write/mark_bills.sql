-- Answers given before an import of a bill are old from now on: they bear another data version.
-- grain: the row of rollup.watermarks
update rollup.watermarks
set refreshed_at = greatest(refreshed_at + interval 1 microsecond, $imported_at)
