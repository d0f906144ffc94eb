// Draws a signature by finger, pen or mouse, and writes it down as lines between whole numbers.
"use strict";

for (const form of document.querySelectorAll("[data-signature]")) {
  const sheet = form.querySelector("canvas");
  const kept = form.querySelector("[name=strokes]");
  const pen = sheet.getContext("2d");
  const mostStrokes = 60, mostPoints = 2000, step = 3;
  let strokes = read(kept.value), drawing = null;

  form.hidden = false;
  show();

  function read(path) {
    return path.split("M").filter(Boolean).map((one) => one.split("L").map((at) => at.split(" ").map(Number)));
  }

  function place(event) {
    const box = sheet.getBoundingClientRect();
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return [
      within((event.clientX - box.left) / box.width * sheet.width, sheet.width),
      within((event.clientY - box.top) / box.height * sheet.height, sheet.height),
    ];
  }

  function show() {
    pen.clearRect(0, 0, sheet.width, sheet.height);
    pen.lineWidth = 4;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#16243a";
    for (const [first, ...rest] of strokes) {
      pen.beginPath();
      pen.moveTo(...first);
      for (const at of rest) pen.lineTo(...at);
      pen.stroke();
    }
    const whole = strokes.filter((one) => one.length > 1);
    kept.value = whole.map((one) => "M" + one.map((at) => at.join(" ")).join("L")).join("");
  }

  sheet.addEventListener("pointerdown", (event) => {
    if (strokes.length >= mostStrokes) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    drawing = [place(event)];
    strokes.push(drawing);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!drawing || strokes.reduce((sum, one) => sum + one.length, 0) >= mostPoints) return;
    const at = place(event), last = drawing[drawing.length - 1];
    if (Math.abs(at[0] - last[0]) + Math.abs(at[1] - last[1]) < step) return;
    drawing.push(at);
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) sheet.addEventListener(end, () => { drawing = null; show(); });
  form.querySelector("[data-erase]").addEventListener("click", () => { strokes = []; show(); });
}
