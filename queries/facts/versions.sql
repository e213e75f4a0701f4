-- What the store and its views were made by.
-- grain: one row per migration or rebuild
select * from staging.versions
