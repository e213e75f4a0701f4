-- Append incoming rows to ledger.run_ends; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.run_ends by name
select * from incoming
