"""What a department entered: its model, the paths of its inputs, reading of values, problems."""
