-- Append incoming rows to ledger.annotations; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.annotations by name
select * from incoming
