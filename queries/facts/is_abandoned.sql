-- facts.is_abandoned: whether the last news of a run is older than the setting `abandoned_after_s` (default a day).
-- grain: one boolean
create or replace macro facts.is_abandoned(last_news_at) as
last_news_at < (now() at time zone 'UTC') - to_seconds(coalesce(
    (
        select any_value(settings.amount)
        from rollup.settings as settings
        where settings.name = 'abandoned_after_s'
    ), 86400
))
