-- Append incoming rows to ledger.rejects; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.rejects by name
select * from incoming
