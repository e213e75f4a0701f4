-- localization.phrases: how people and agents say that something is done, agreed to, refused or asked for.
-- grain: one row per phrase
-- made from queries/localization/phrases.csv at each start
create table if not exists localization.phrases (
    kind varchar not null,
    phrase varchar not null
);
