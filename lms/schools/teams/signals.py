"""What other features hear about teams."""

from blinker import signal

roster_changed = signal(
    "roster_changed",
    "Somebody comes to a team, leaves it, leads it or may sign in no more; sent before"
    " the commit with the id of the `Team`.",
)

school_corrected = signal(
    "school_corrected",
    "A team turns out to be of another school; sent before the commit with the `Team`"
    " and, as `left`, the id of the school that it was thought to be of.",
)

school_emptied = signal(
    "school_emptied",
    "No team is left at a school, which was a mistake: what it has goes along. Sent"
    " after `school_corrected` with the right `School` and, as `left`, the id of the"
    " mistaken one. Who cannot take something along returns what it is called.",
)
