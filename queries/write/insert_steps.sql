-- Append incoming rows to ledger.steps; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.steps by name
select * from incoming
