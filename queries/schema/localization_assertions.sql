-- localization.assertions: entities of failed assertions that are a rule or the answer, not a thing in a system of record.
-- grain: one row per entity
-- made from queries/localization/assertions.csv at each start
create table if not exists localization.assertions (
    entity varchar not null,
    kind varchar not null
);
