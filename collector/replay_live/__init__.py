"""Replay with live code: a local endpoint that answers an agent's model and tool calls from a recorded run."""
