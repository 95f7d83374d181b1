"""«Календарь»: openings, due dates and meetings; on the page, by address, by mail."""
