"""After the warm-up no page imports anything of ours or of plotly that was not there before."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from pathlib import Path
from dashboard.warm_up import warm_up
warm_up()
known = set(sys.modules)
import dashboard.app_pages
for script in Path(dashboard.app_pages.__file__).parent.glob("*.py"):
    lines = [line for line in script.read_text().splitlines() if line.startswith(("import ", "from "))]
    exec("\\n".join(lines))
late = {name for name in set(sys.modules) - known if name.split(".")[0] in ("plotly", "polars", "pyarrow")}
late |= {name for name in set(sys.modules) - known if name.startswith("dashboard.blocks")}
assert not late, late
assert "plotly.graph_objs._bar" in known
"""


def test_pages_find_their_modules_imported() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)
