"""The letter of the month: how the schools of a coordinator are doing."""
