-- A week is closed: what its figures rest on. Worked out in the transaction that also stores its runs and figures.
-- grain: one row
insert into weeks.closings by name
with newest_prices as (
    select max(price_version) as price_version
    from prices.versions
),

of_week as (
    select count(*) as runs
    from facts.runs
    where week_start = $week_start::date
)

select
    macros.iso_week($week_start::date) as week,
    $week_start::date as week_start,
    $closing::bigint as closing,
    $closed_at::timestamp as closed_at,
    $closed_by::varchar as closed_by,
    $definition::varchar as definition,
    $product_version::varchar as product_version,
    newest_prices.price_version,
    watermarks.batch_id,
    max(batches.committed_at) as data_to,
    of_week.runs
from rollup.watermarks as watermarks
cross join newest_prices
cross join of_week
left join ledger.batches as batches on watermarks.batch_id >= batches.batch_id
group by watermarks.batch_id, newest_prices.price_version, of_week.runs
