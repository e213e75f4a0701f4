"""How often localization names the right step, measured on runs whose fault is known."""
