// Take the person to the list of mistakes, or to the first field that was refused.
const mistakes = document.querySelector("main [role=alert]");
if (mistakes) mistakes.tabIndex = -1;
const refused = mistakes ?? document.querySelector("[aria-invalid=true]");
if (refused) refused.focus();
