-- Localization data: take out the descriptions of signals of before.
-- grain: one row of localization.signals
delete from localization.signals
