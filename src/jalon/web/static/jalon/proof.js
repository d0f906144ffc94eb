// Shows a file before it is sent; a photo is drawn smaller first, upright, without its place nor its device.
// A form works without it: the server draws photos anew too.
"use strict";

(() => {
  const LONGEST = 2000, QUALITY = 0.85, THUMBNAIL = 320, HEAVY = 1e6, NBSP = "\u00a0";
  const make = (name, text, style = "") => Object.assign(document.createElement(name), { textContent: text, className: style });

  const weight = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))}${NBSP}Ko` : `${(bytes / 1e6).toFixed(1).replace(".", ",")}${NBSP}Mo`);

  function drawn(picture, longest) {
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const sheet = make("canvas", "");
    sheet.width = Math.max(1, Math.round(picture.width * scale));
    sheet.height = Math.max(1, Math.round(picture.height * scale));
    const pen = sheet.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
    return sheet;
  }

  async function smaller(file, picture) {
    if (file.type === "image/png" && file.size < HEAVY) return file;
    const sheet = drawn(picture, LONGEST);
    const light = await new Promise((done) => { sheet.toBlob(done, "image/jpeg", QUALITY); });
    return light ? new File([light], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: light.type }) : file;
  }

  function put(input, file) {
    const box = new DataTransfer();
    box.items.add(file);
    input.files = box.files;
  }

  async function look(input, shown) {
    const [file] = input.files;
    shown.replaceChildren();
    if (!file) return;
    const picture = file.type.startsWith("image/") ? await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null) : null;
    const sent = picture ? await smaller(file, picture).catch(() => file) : file;
    if (input.files[0] !== file) return;
    if (sent !== file) put(input, sent);
    if (picture) {
      const seen = drawn(picture, THUMBNAIL);
      seen.setAttribute("role", "img");
      seen.setAttribute("aria-label", `Aperçu de ${sent.name}`);
      shown.append(seen);
    }
    const before = sent.size < file.size ? ` au lieu de ${weight(file.size)}` : "";
    const away = make("button", "Retirer", "button quiet");
    away.type = "button";
    away.addEventListener("click", () => { input.value = ""; shown.replaceChildren(); input.focus(); });
    shown.append(make("p", `${sent.name}, ${weight(sent.size)}${before}. Ce fichier partira quand vous enregistrerez.`), away);
  }

  for (const input of document.querySelectorAll("input[type=file][data-preview]")) {
    const shown = make("div", "", "preview");
    shown.setAttribute("role", "status");
    input.after(shown);
    input.addEventListener("change", () => look(input, shown));
  }
})();
