-- Localization data: take out the assertions of before.
-- grain: one row of localization.assertions
delete from localization.assertions
