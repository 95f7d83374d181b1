"""Appeals: a team asks another tutor to look again at a work that came back."""
