// A menu that the focus has left closes behind it, so that it covers nothing, [data-more].
document.addEventListener("focusin", ({ target }) => {
  const menu = document.querySelector("[data-more]:popover-open");
  if (menu && !menu.contains(target) && target.popoverTargetElement !== menu) menu.hidePopover();
});
