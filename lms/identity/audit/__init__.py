"""The journal of what people with power did."""
