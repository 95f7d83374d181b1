"""Exchange: what partners of a school give and need, shown to its neighbours."""
