"""What tachograph.toml says of webhooks: secrets from the environment too, and everything wrong refused by name."""

from pathlib import Path

import pytest

from collector.errors import SettingsError
from collector.settings_sources import read

DESK = """
[webhooks.desk-2]
scheme = "github"
fields = { status = "state", outcome_id = "/ticket/id" }
statuses = { closed = "success", opened = "ignore" }
"""
VARIABLE = "TACHOGRAPH_WEBHOOK_DESK_2_SECRET"


def written(folder: Path, text: str) -> str:
    path = folder / "tachograph.toml"
    path.write_text(text)
    return str(path)


def test_the_secret_may_stand_in_the_environment(tmp_path: Path) -> None:
    (webhook,) = read({}, {VARIABLE: "hush"}, written(tmp_path, DESK)).settings.webhooks
    assert (webhook.name, webhook.secret, webhook.tolerance_s) == ("desk-2", "hush", 300.0)
    assert "hush" not in repr(webhook)
    assert webhook.statuses == {"closed": "success", "opened": "ignore"}


def changed(old: str, new: str) -> str:
    assert old in DESK
    return DESK.replace(old, new)


WRONG = [
    (DESK, f"desk-2: secret is missing: whoever reaches the port could say anything; set it here or as {VARIABLE}"),
    (changed("scheme", "secret = 'x'\nschema"), "desk-2: 'schema' is no key here; did you mean 'scheme'?"),
    (changed('scheme = "github"', "secret = 'x'"), "desk-2: scheme is missing; there are hmac, github, stripe"),
    (
        changed("github", "githab"),
        "desk-2: scheme: 'githab' must be one of hmac, github, stripe, standard; did you mean",
    ),
    (changed('"github"', '"hmac"\nsecret = "x"'), "desk-2: signature_header is missing: scheme hmac needs"),
    (changed('"github"', '"standard"\nsecret = "no base64"'), "desk-2: secret: (not shown) must be base64"),
    (changed('"github"', '"standard"\nsecret = "whsec_"'), "desk-2: secret: (not shown) must be base64"),
    (
        changed('"github"', '"stripe"\nsecret = "x"\nsignature_prefix = "y"'),
        "desk-2: signature_prefix: scheme stripe says",
    ),
    (changed("status =", "secret = 'x', status ="), "desk-2"),
    (changed('"github"', '"github"\nsecret = "x"').replace("status =", "state ="), "desk-2.fields: 'state' is no key"),
    (changed('"github"', '"github"\nsecret = "x"').replace("outcome_id", "outcome"), "desk-2.fields: must say where"),
    (
        changed('"github"', '"github"\nsecret = "x"').replace('"success"', '"sucess"'),
        "desk-2.statuses: closed: 'sucess'",
    ),
    ("[webhooks]\nscheme = 'github'", "must be tables, each with a name: [webhooks.NAME]"),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[text for text, _ in WRONG])
def test_anything_wrong_is_refused_by_file_webhook_and_key(tmp_path: Path, text: str, said: str) -> None:
    config = written(tmp_path, text)
    with pytest.raises(SettingsError) as refusal:
        read({}, {}, config)
    assert str(refusal.value).startswith(f"{config}: webhooks")
    assert said in str(refusal.value)
    assert "hush" not in str(refusal.value)


def test_a_secret_of_a_webhook_that_is_not_described_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="TACHOGRAPH_WEBHOOK_OTHER_SECRET is no setting"):
        read({}, {VARIABLE: "hush", "TACHOGRAPH_WEBHOOK_OTHER_SECRET": "x"}, written(tmp_path, DESK))
