-- Waste: what runs of a period spent in vain, by kind and workflow: runs, amount, share of all spend.
-- grain: one row per kind over all workflows (is_all), one per workflow and kind, and a total of each (kind null)
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- amount_usd: what the kind claims by itself; net_usd: what no kind above it claims. The net amounts add up to the total.
select *
from marts.waste($from, $to, $workflow, $env, $team)
order by
    is_all desc, workflow asc nulls last,
    list_position(['loop', 'repeat', 'retry', 'lost', 'resent', 'ceiling'], kind) asc nulls last
