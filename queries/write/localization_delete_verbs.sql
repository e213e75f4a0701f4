-- Localization data: take out the verbs of before.
-- grain: one row of localization.verbs
delete from localization.verbs
