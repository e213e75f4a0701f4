-- macros.own_attributes: the sender's own attributes, without the fields that the decoder put beside them; null for none.
-- grain: one varchar of JSON, or null
create or replace macro macros.own_attributes(attributes) as
case
    when attributes is not null then nullif(json_merge_patch(attributes, '{"tachograph.fields":null}')::varchar, '{}')
end
