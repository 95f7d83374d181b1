"""The studio beside the text: what it will look like, its pictures, its headings."""
