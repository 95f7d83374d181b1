// Take the person to the list of mistakes, or to the first field that was refused.
const mistakes = document.querySelector("main [role=alert]");
if (mistakes) mistakes.tabIndex = -1;
const refused = mistakes ?? document.querySelector("[aria-invalid=true]");
if (refused) refused.focus();
// An anchor that the address kept from the page before takes the focus when all is there.
if (refused && location.hash) addEventListener("load", () => setTimeout(() => refused.focus()));
