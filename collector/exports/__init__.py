"""What finance takes away: the figures of Economics as files, FOCUS rows, each with what it rests on."""
