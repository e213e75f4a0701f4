-- Append incoming rows to ledger.log_records; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.log_records by name
select * from incoming
