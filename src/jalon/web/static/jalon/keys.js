// Keys for who works on lists all day: "/" goes to the search, "j" and "k" go down and up the rows.
// Enter opens the row that is reached, as it does for any link. Every page works without this file.
(() => {
  const rows = () => [...document.querySelectorAll("table.files tbody th a")];
  const writes = (there) => there.closest("input, select, textarea, [contenteditable]");

  const go = (steps) => {
    const links = rows();
    const here = links.indexOf(document.activeElement);
    const next = here < 0 ? (steps > 0 ? 0 : links.length - 1) : here + steps;
    links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
    if (event.key === "/") document.getElementById("chercher")?.focus();
    else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else return;
    event.preventDefault();
  });
})();
