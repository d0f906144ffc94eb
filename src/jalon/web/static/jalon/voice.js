// Records a voice as a proof, holds it sealed on this device until it left, and sends it once. A file may be chosen instead.
"use strict";

(() => {
  const { person, key, signIn } = document.currentScript.dataset;
  if (!crypto.randomUUID || !window.indexedDB) return;
  const NBSP = "\u00a0", KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"], AGAIN = 20000;
  const CLOSED = `Le micro est fermé${NBSP}: ouvrez-le dans les réglages de votre navigateur, ou choisissez un fichier de son.`;
  const NONE = `Aucun micro ne répond${NBSP}: branchez-en un, ou choisissez un fichier de son.`;
  const DEAF = "Cet appareil ne sait pas le faire entendre ici. Vous pouvez le garder.";
  const OFFLINE = `Pas de réseau${NBSP}: votre enregistrement est gardé sur cet appareil, il partira au retour du réseau.`;
  const UNKEPT = `Votre voix n’est pas encore gardée${NBSP}: gardez-la ou abandonnez-la, puis enregistrez la page.`;
  const UNHELD = `Pas de réseau${NBSP}: ne fermez pas cette page, elle seule garde votre enregistrement.`;
  const { hold, held, drop } = sealed(person, key);
  const waiting = new Map();
  let token = document.querySelector("[name=csrfmiddlewaretoken]")?.value, timer = 0;

  const make = (name, text, style = "") => Object.assign(document.createElement(name), { textContent: text, className: style });
  const lasting = (time) => (time < 60 ? `${time}${NBSP}s` : `${Math.floor(time / 60)}${NBSP}min${NBSP}${String(time % 60).padStart(2, "0")}${NBSP}s`);
  function button(text, act, style = "button quiet") {
    const made = make("button", text, style);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // ------------------------------------------------ what is sent, now or when the network is back

  const inLetters = (file) => new Promise((yes, no) => {
    const reader = new FileReader();
    reader.onload = () => yes(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => no(reader.error);
    reader.readAsDataURL(file);
  });
  const inSound = (letters, name, type) => new File([Uint8Array.from(atob(letters), (one) => one.charCodeAt(0))], name, { type });

  async function ask({ at, file }) {
    const body = new FormData();
    body.append("person", person);
    body.append("sound", file);
    const answer = await fetch(at, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token } });
    if (answer.type === "opaqueredirect") return [401, null];
    const told = answer.headers.get("Content-Type")?.startsWith("application/json");
    return [answer.status, told ? await answer.json() : null];
  }

  async function send(one) {
    if (one.flying) return;
    one.flying = true;
    let status = 0, said = null;
    try {
      [status, said] = await ask(one);
      if (status === 403 && !said) {
        token = await freshToken(token);
        [status, said] = await ask(one);
      }
    } catch { /* no network */ }
    one.flying = false;
    if (status === 200) {
      waiting.delete(one.pen);
      await drop(one.pen).catch(() => {});
    }
    one.told?.(status, said);
    if (!status && waiting.size) {
      clearTimeout(timer);
      timer = setTimeout(sendAll, AGAIN);
    }
  }

  const sendAll = () => { for (const one of waiting.values()) send(one); };

  async function forget(one) {
    waiting.delete(one.pen);
    await drop(one.pen);
  }

  // Held before it is sent: what a telephone dies upon meanwhile is not lost.
  async function leave(one) {
    waiting.set(one.pen, one);
    free(one.pen);
    const { pen, at, file } = one;
    one.held = await hold({ pen, at, kind: "voice" }, { name: file.name, type: file.type, letters: await inLetters(file) }).catch(() => false);
    await send(one);
  }

  async function resume() {
    for (const { pen, at, name, type, letters } of await held("voice")) {
      if (waiting.has(pen) || !(await free(pen))) continue;
      const one = { pen, at, file: inSound(letters, name, type), held: true };
      if (place?.dataset.at === at) one.told = teller(one);
      waiting.set(pen, one);
      send(one);
    }
  }

  // ------------------------------------------------ what the page says

  const place = document.querySelector(".voice"), Heard = window.AudioContext || window.webkitAudioContext;
  const start = make("p", ""), room = make("div", ""), line = make("p", "", "small"), left = make("ul", "", "small");
  line.setAttribute("role", "status");
  left.setAttribute("aria-live", "polite");

  // What became of one recording, in a line of its own.
  function teller(one) {
    const own = make("li", "");
    left.append(own);
    return (status, said) => {
      const { name } = one.file, link = make("a", "Se connecter");
      link.href = `${signIn}?next=${encodeURIComponent(location.pathname)}`;
      const words = status === 200 ? said.said : status === 401 ? (said?.why || "Votre session est terminée.") : said?.why || (one.held ? OFFLINE : UNHELD);
      own.replaceChildren(`«${NBSP}${name.replace(/\.[^.]*$/, "")}${NBSP}»${NBSP}: ${words} `);
      line.textContent = "";
      if (status === 401) own.append(link);
      if (status === 200) own.append(Object.assign(make("a", "L’ouvrir"), { href: said.at }));
      else if (said?.closed) own.append(button("L’effacer de cet appareil", async () => { await forget(one); own.remove(); press.focus(); }));
    };
  }

  // ------------------------------------------------ recording

  // One recording under way: what it hears, for how long, and what is heard of it.
  let at = null, playing = null;

  function time() {
    return Math.floor((at.before + (at.since ? performance.now() - at.since : 0)) / 1000);
  }

  function show(...nodes) {
    room.replaceChildren(...nodes);
    nodes.flatMap((one) => [...one.querySelectorAll("button")])[0]?.focus();
  }

  function row(...buttons) {
    const made = make("p", "", "acts");
    made.append(...buttons);
    return made;
  }

  function silence() {
    playing?.stop();
    playing = null;
  }

  function quit() {
    silence();
    at?.stream?.getTracks().forEach((one) => one.stop());
    at?.ear?.close();
    clearInterval(at?.ticking);
    at = null;
    room.replaceChildren();
    start.hidden = false;
    press.focus();
  }

  // A voice is erased by two presses, for a finger that slips.
  function abandon() {
    const made = button("Abandonner", () => {
      if (made.dataset.sure) { quit(); line.textContent = "Votre voix est effacée."; return; }
      made.dataset.sure = "1";
      made.textContent = "Oui, effacer ma voix";
    });
    return made;
  }

  // The page is not saved, and left, while a voice is neither kept nor abandoned: it would be lost.
  function holds(event) {
    if (event.target !== place.closest("form") || !at?.recorder) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    at.asked = true;
    line.textContent = UNKEPT;
    if (at.recorder.state === "inactive") room.querySelector("button")?.focus();
    else stop();
  }

  async function begin() {
    at = { before: 0, since: 0, pieces: [] };
    const own = at;
    let stream = null;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (error) {
      quit();
      line.textContent = ["NotAllowedError", "SecurityError"].includes(error.name) ? CLOSED : NONE;
      return;
    }
    if (at !== own) { stream.getTracks().forEach((one) => one.stop()); return; }
    const mimeType = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
    const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32000 });
    Object.assign(at, { stream, recorder });
    recorder.ondataavailable = ({ data }) => { if (data.size) own.pieces.push(data); };
    recorder.onstop = () => { if (at === own) stopped(); };
    recorder.start(1000);
    at.since = performance.now();
    underWay();
  }

  function listen(meter) {
    if (!Heard) return;
    at.ear = new Heard();
    const look = at.ear.createAnalyser(), waves = new Float32Array(512);
    look.fftSize = 512;
    at.ear.createMediaStreamSource(at.stream).connect(look);
    at.level = () => {
      look.getFloatTimeDomainData(waves);
      meter.value = Math.min(1, 3 * Math.sqrt(waves.reduce((sum, one) => sum + one * one, 0) / waves.length));
    };
  }

  function underWay() {
    const clock = make("strong", lasting(0)), meter = make("meter", ""), told = make("p", "");
    const limit = Number(place.dataset.seconds);
    meter.setAttribute("aria-label", "Niveau du son");
    told.append("Durée\u00a0: ", clock, ` sur ${lasting(limit)}. Niveau\u00a0: `, meter);
    const pause = button("Pause", () => {
      const paused = at.recorder.state === "paused";
      at.before += at.since ? performance.now() - at.since : 0;
      at.since = paused ? performance.now() : 0;
      at.recorder[paused ? "resume" : "pause"]();
      pause.textContent = paused ? "Pause" : "Reprendre";
      line.textContent = paused ? "L’enregistrement reprend." : "En pause.";
    });
    listen(meter);
    at.ticking = setInterval(() => {
      clock.textContent = lasting(time());
      if (at.since) at.level?.();
      if (time() >= limit) stop();
    }, 200);
    line.textContent = "L’enregistrement est en cours. Parlez.";
    show(told, row(button("Terminer", stop, "button"), pause, abandon()));
  }

  function stop() {
    if (at.recorder.state === "inactive") return;
    at.before += at.since ? performance.now() - at.since : 0;
    at.since = 0;
    clearInterval(at.ticking);
    at.recorder.stop();
    at.stream.getTracks().forEach((one) => one.stop());
  }

  async function hear(press, words) {
    if (playing) { silence(); return; }
    try {
      const player = new Heard(), source = player.createBufferSource();
      source.buffer = await player.decodeAudioData(await new Blob(at.pieces).arrayBuffer());
      source.connect(player.destination);
      source.onended = () => { playing = null; press.textContent = words; player.close(); };
      playing = source;
      press.textContent = "Arrêter l’écoute";
      source.start();
    } catch { line.textContent = DEAF; }
  }

  function stopped() {
    if (!at.pieces.length) { quit(); line.textContent = NONE; return; }
    const label = make("label", "Nom de l’enregistrement"), name = make("input", "");
    Object.assign(name, { id: "nom-voix", maxLength: 80, value: "Ma voix" });
    label.htmlFor = name.id;
    name.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); keepIt(); } });
    const keepIt = () => keep(name.value.trim().replace(/[./\\]+/g, " ") || "Ma voix");
    const again = button("Réécouter", () => hear(again, "Réécouter"));
    line.textContent = at.asked ? UNKEPT : `L’enregistrement dure ${lasting(time())}. Réécoutez-le, donnez-lui un nom, puis gardez-le.`;
    show(row(again, button("Recommencer", () => { silence(); at.ear?.close(); begin(); })), label, name,
      row(button("Garder cet enregistrement", keepIt, "button"), abandon()));
  }

  function keep(name) {
    const { type } = at.pieces[0], ending = type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm";
    const one = { pen: crypto.randomUUID(), at: place.dataset.at, file: new File(at.pieces, `${name}.${ending}`, { type: type.split(";")[0] }) };
    one.told = teller(one);
    quit();
    line.textContent = "L’enregistrement part.";
    leave(one);
  }

  const press = button("Répondre par la voix", () => {
    start.hidden = true;
    line.textContent = "";
    const words = make("p", "");
    words.textContent = `${place.dataset.said} Seules les personnes qui lisent votre dossier l’entendront.`;
    show(words, row(button("Commencer", begin, "button"), button("Non, pas maintenant", quit)));
  });

  addEventListener("beforeunload", (event) => {
    if (at?.pieces.length || [...waiting.values()].some((one) => !one.held)) event.preventDefault();
  });
  addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") sendAll(); });
  if (place && window.MediaRecorder && navigator.mediaDevices?.getUserMedia && KINDS.some((one) => MediaRecorder.isTypeSupported(one))) {
    room.setAttribute("role", "group");
    room.setAttribute("aria-label", "Répondre par la voix");
    start.append(press);
    place.append(start, room);
    document.addEventListener("submit", holds, true);
  }
  place?.append(line, left);
  resume().catch(() => {});
})();
