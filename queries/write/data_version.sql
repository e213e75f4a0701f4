-- What an answer rests on: changes with every batch that has been taken in, and with what these rows are worked out by.
-- grain: one row
select
    batch_id,
    epoch_us(refreshed_at) as refreshed_us
from rollup.watermarks
