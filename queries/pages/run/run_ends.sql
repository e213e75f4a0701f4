-- What the agent declared of the run, the last said first; the last is the one that counts.
-- grain: one row per final event of the run
-- param run_id varchar default null: the run
select
    * exclude (content_hash, said_order),
    row_number() over (order by said_order desc) = 1 as is_last
from facts.run_ends
where run_id = $run_id::varchar
order by said_order desc
