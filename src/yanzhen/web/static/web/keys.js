// Optional: "/" goes to the search field, a click anywhere in a row opens it. Pages work without.
"use strict";
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.querySelector("input[type=search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});
document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-open]");
  if (!row || event.defaultPrevented || event.target.closest("a, button, summary, input, label")) return;
  if (String(window.getSelection())) return;
  const link = row.querySelector("a[href]");
  if (link) link.click();
});
