-- What providers billed, line by line; of one day, provider, model and invoice the newest import is in force, all stay.
-- grain: one row per line of an imported bill
-- Lines of one import with the same day, provider, model and invoice add up. Names are compared without regard to case.
select
    *,
    import_id = max(import_id) over (partition by day, lower(provider), lower(model), invoice_id) as is_in_force
from prices.bills
