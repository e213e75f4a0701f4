-- Append incoming rows to ledger.batches; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.batches by name
select * from incoming
