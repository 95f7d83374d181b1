// Take the person to the first field that the site refused.
const refused = document.querySelector("[aria-invalid=true]");
if (refused) refused.focus();
