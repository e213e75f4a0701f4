-- Append incoming rows to ledger.verifications; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.verifications by name
select * from incoming
