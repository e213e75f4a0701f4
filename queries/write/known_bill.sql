-- The first import of a bill with this content.
-- grain: one row; none where it is new
select
    import_id,
    min(imported_at) as imported_at
from prices.bills
where content_hash = $content_hash
group by import_id
order by import_id
limit 1
