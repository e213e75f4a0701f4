-- Append incoming rows to ledger.costs; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.costs by name
select * from incoming
