-- Append incoming rows to ledger.metric_points; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.metric_points by name
select * from incoming
