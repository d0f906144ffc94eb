// A reading ruler: a band that follows the pointer, the finger and the keyboard, and leaves the rest in the shade.
"use strict";

(() => {
  const LINES = 3;
  const band = document.createElement("div");
  band.className = "ruler";
  band.setAttribute("aria-hidden", "true");
  document.body.append(band);

  const line = () => parseFloat(getComputedStyle(document.body).lineHeight);
  let middle = window.innerHeight / 3;

  function place(y, height = LINES * line()) {
    middle = Math.min(Math.max(y, 0), window.innerHeight);
    band.style.height = `${height}px`;
    band.style.top = `${middle - height / 2}px`;
  }

  // What one writes in, or reaches by keyboard, is in the light whole; what is larger than the window is not.
  function reach(node) {
    const { top, height } = node.getBoundingClientRect(), whole = height + line();
    if (whole < window.innerHeight) place(top + height / 2, Math.max(whole, LINES * line()));
  }

  function step(lines) {
    const next = middle + lines * line(), edge = LINES * line();
    if (next < edge || next > window.innerHeight - edge) window.scrollBy({ top: lines * line(), behavior: "instant" });
    else place(next);
  }

  for (const kind of ["pointermove", "pointerdown"]) {
    document.addEventListener(kind, ({ clientY, buttons, pointerType, target }) => {
      const writing = target === document.activeElement && target.matches?.("textarea, input");
      if (!writing && (pointerType !== "mouse" || !buttons)) place(clientY);
    }, { passive: true });
  }
  document.addEventListener("focusin", ({ target }) => { if (target.id !== "contenu") reach(target); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") band.hidden = !band.hidden;
    if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    if (event.target.matches?.("select")) return;
    event.preventDefault();
    step(event.key === "ArrowUp" ? -1 : 1);
  });
  addEventListener("resize", () => place(middle));
  place(middle);
})();
