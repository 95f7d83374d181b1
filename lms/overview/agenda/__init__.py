"""«Календарь»: openings, due dates and meetings; on the page and by address."""
