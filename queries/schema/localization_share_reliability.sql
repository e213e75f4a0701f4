-- localization.share_reliability: how often a step with such a share of the score was the right one; the newest version holds.
-- grain: one row per version, basis and range of shares
-- measured on runs that the weights were not fitted on; band: high, medium or low
create table if not exists localization.share_reliability (
    version bigint not null,
    basis varchar not null,
    share_from decimal(9, 4) not null,
    share_below decimal(9, 4) not null,
    probability decimal(9, 4) not null,
    band varchar not null,
    runs bigint not null
);
