"""Strings that an agent, or somebody through it, might log to attack the reader."""

from __future__ import annotations

HOSTILE = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=1">',
    "</style><style>body{display:none}</style>",
    "<a href='javascript:alert(1)'>x</a>",
    "$\\href{javascript:alert(1)}{x}$ :red[x] **b** [x](javascript:alert(1)) ![](http://127.0.0.1:1/x)",
    "&lt;script&gt; &#60;img&#62;",
    "a\x00b\u202egnp.exe\u2028line",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd?x=1&y=2#z",
)
