-- Append incoming rows to ledger.step_contents; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.step_contents by name
select * from incoming
