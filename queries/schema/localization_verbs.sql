-- localization.verbs: what the first word of a tool's name says of its effect, where nobody said it.
-- grain: one row per verb
-- made from queries/localization/verbs.csv at each start
create table if not exists localization.verbs (
    verb varchar not null,
    effect varchar not null
);
