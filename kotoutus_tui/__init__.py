"""What the team does with its clients, without a screen."""
