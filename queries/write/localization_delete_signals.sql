-- Localization data: take out the descriptions of signals of before.
-- grain: one row of localization.signal_words
delete from localization.signal_words
