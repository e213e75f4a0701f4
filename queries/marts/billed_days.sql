-- marts.billed_days: what providers billed, of the bills in force.
-- grain: one row per day, provider and model (lower case; model null: an amount of no model)
create or replace macro marts.billed_days(from_day, to_day) as table
select
    day,
    lower(provider) as provider,
    lower(model) as model,
    sum(amount_usd)::decimal(38, 9) as billed_usd,
    sum(tokens)::hugeint as billed_tokens,
    count(distinct invoice_id) as invoices,
    max(imported_at) as imported_at
from facts.bills
where is_in_force and (from_day is null or day >= from_day::date) and (to_day is null or day < to_day::date)
group by all
