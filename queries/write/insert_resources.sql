-- Append incoming rows to ledger.resources; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.resources by name
select * from incoming
