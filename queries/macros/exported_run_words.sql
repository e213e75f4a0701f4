-- macros.exported_run_words: the words that hold for a run, as members of a step event; null where none was said.
-- grain: one varchar
create or replace macro macros.exported_run_words(
    agent, agent_version, workflow, workflow_version, prompt_version, env, tenant, team, user_name, session_name
) as
nullif(
    concat_ws(
        ',',
        macros.json_member('agent', to_json(agent)),
        macros.json_member('agent_version', to_json(agent_version)),
        macros.json_member('workflow', to_json(workflow)),
        macros.json_member('workflow_version', to_json(workflow_version)),
        macros.json_member('prompt_version', to_json(prompt_version)),
        macros.json_member('env', to_json(env)),
        macros.json_member('tenant', to_json(tenant)),
        macros.json_member('team', to_json(team)),
        macros.json_member('user', to_json(user_name)),
        macros.json_member('session', to_json(session_name))
    ),
    ''
)
