"""Calibration: a tutor scores two sample answers before judging real ones."""
