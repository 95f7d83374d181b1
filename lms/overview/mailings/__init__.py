"""Mailings: a letter of a tutor to exactly those who still need it when it goes out."""
