"""What a model call costs per unit: the user's own table first, then the bundled snapshot of genai-prices."""
