-- Localization data: take out the phrases of before.
-- grain: one row of localization.phrases
delete from localization.phrases
