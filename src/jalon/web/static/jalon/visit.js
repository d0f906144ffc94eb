// Sends what is noted at a visit, and holds it on this device, sealed, while there is no network. The form works without it.
"use strict";

(() => {
  const { person, key, signIn } = document.currentScript.dataset;
  if (!window.indexedDB || !crypto.randomUUID) return;
  const QUIET = 800, SLOW = 15000, FIRST = 3000, LONGEST = 30000, MOST_SENT = 20, NBSP = "\u00a0";
  const { hold, held, drop } = sealed(person, key);
  const form = document.querySelector("form[data-visit]"), here = form?.dataset.visit;
  let token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;

  const make = (name, text, style = "") => Object.assign(document.createElement(name), { textContent: text, className: style });
  const button = (text, act) => {
    const made = make("button", text, "button quiet");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const several = (count, one, more = `${one}s`) => `${count} ${count > 1 ? more : one}`;

  // ------------------------------------------------ people

  const somebody = (told) => ({ fails: 0, since: [], kept: Promise.resolve(), ...told });
  const people = [...(form?.querySelectorAll("[data-number]") || [])].map((node) => somebody({
    node, at: here, number: Number(node.dataset.number), pen: `${here}${node.dataset.number}`,
    name: node.querySelector("h2").textContent, carried: form.dataset.carried,
    noted: node.dataset.noted, answer: node.dataset.noted, told: node.dataset.noted,
    signed: node.dataset.signed, given: node.dataset.signed, strokes: "", sheet: node.querySelector("dialog"),
  }));
  // Noted on another page than this one, or of somebody whom this one does not show any more.
  const others = [];
  let gone = 0, asked = false, parting = false;
  const all = () => [...people, ...others];
  const waiting = () => all().filter((one) => one.waits && !one.why);
  const toSettle = () => all().filter((one) => one.why);

  const ticked = (node) => node.querySelector("input[type=radio]:checked");
  const hours = (node) => ["arrived_", "left_"].map((name) => node.querySelector(`[name^=${name}]`));
  const written = (node) => ticked(node) ? [ticked(node).value, ...hours(node).map((one) => one?.value.slice(0, 5) || "")].join("|") : "";
  const inWords = (node) => {
    const [arrived, left] = hours(node).map((one) => one?.value);
    const said = [ticked(node)?.closest("label").textContent.trim(), arrived && `arrivée ${arrived}`, left && `départ ${left}`];
    return said.filter(Boolean).join(", ");
  };

  function show({ node }, answer) {
    const [word, ...times] = answer.split("|");
    for (const one of node.querySelectorAll("input[type=radio]")) one.checked = one.value === word;
    hours(node).forEach((one, place) => { if (one) one.value = times[place] || ""; });
    if (times.some(Boolean)) hours(node)[0]?.closest("details").setAttribute("open", "");
  }

  // Written one after the other: what is on the device is always what the page holds.
  function keep(one) {
    one.kept = one.kept.then(async () => {
      const { pen, at, number, name, id, said, answer, carried, told, since, strokes } = one;
      if (one.waits) one.held = await hold({ kind: "visit", pen, at, number }, { name, id, said, answer, carried, told, since, strokes });
      else await drop(pen);
    }).catch(() => { one.held = false; });
    return one.kept;
  }

  // ------------------------------------------------ sending

  function soon(one) {
    clearTimeout(one.timer);
    one.timer = setTimeout(() => send(one), one.fails ? Math.min(FIRST * 2 ** (one.fails - 1), LONGEST) : QUIET);
  }

  async function ask({ at, number, id, answer, carried, told, since, strokes }) {
    const got = await fetch(at, {
      method: "POST", redirect: "manual", signal: AbortSignal.timeout?.(SLOW),
      body: JSON.stringify({ person: Number(person), number, id, answer, carried, told, since, strokes }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    });
    const words = got.headers.get("Content-Type")?.startsWith("application/json");
    return [got.type === "opaqueredirect" ? 401 : got.status, words ? await got.json() : null];
  }

  async function send(one) {
    if (one.flying || !one.waits || one.why) return;
    clearTimeout(one.timer);
    one.flying = true;
    const { id } = one, same = () => one.id === id;
    // What the server says may be lost on the way back: from now on, it may have done this.
    one.since = [...new Set([...one.since, id])].slice(-MOST_SENT);
    await keep(one);
    let status = 0, said = null;
    try {
      [status, said] = await ask(one);
      if (status === 403 && !said) {
        token = await freshToken(token);
        [status, said] = await ask(one);
      }
    } catch { /* no network, or one too slow */ }
    one.flying = false;
    if (status === 200) done(one, same(), said);
    else if (said?.why && ![401, 403].includes(status) && same()) one.why = said;
    else {
      one.fails += 1;
      one.out = [401, 403].includes(status) && said?.why;
    }
    keep(one).then(tell);
    if (one.waits && !one.why) soon(one);
    if (status === 200 && !waiting().length) renew().catch(() => {});
  }

  function done(one, whole, said) {
    Object.assign(one, { fails: 0, out: null, noted: said.noted, told: said.noted, since: [], carried: said.carried, signed: said.signed });
    one.waits = !whole;
    one.sent = whole;
    if (whole) one.strokes = "";
    if (one.node || one.waits) return;
    others.splice(others.indexOf(one), 1);
    gone += 1;
  }

  // What the device shows without network says what is noted by now.
  async function renew() {
    if (!form || !window.caches || !(await caches.has("visites"))) return;
    const kept = await caches.open("visites"), known = await kept.match(location.href, { ignoreVary: true });
    if (!known) return;
    const page = new DOMParser().parseFromString(await known.text(), "text/html");
    page.querySelector("form[data-visit]").dataset.carried = form.dataset.carried;
    for (const { number, noted, signed } of people) {
      const there = page.querySelector(`[data-number="${number}"]`);
      if (there) Object.assign(there.dataset, { noted, signed });
    }
    const text = `<!DOCTYPE html>\n${page.documentElement.outerHTML}`;
    if (!leaving) await kept.put(location.href, new Response(text, { headers: known.headers }));
  }

  const flush = () => Promise.all(waiting().map((one) => { one.fails = 0; return send(one); }));

  // ------------------------------------------------ what the page says

  const sums = make("p", "", "typing"), left = make("div", "");
  sums.setAttribute("role", "status");
  sums.hidden = true;
  (form || document.querySelector("main .wrap"))?.prepend(sums, left);

  function tell() {
    for (const one of people) tellOf(one);
    for (const one of others) boxed(one, left);
    const still = waiting(), wrong = toSettle(), out = still.find((one) => one.out)?.out;
    const said = [];
    let kind = "saved";
    if (wrong.length) {
      kind = "refused";
      said.push(`À revoir${NBSP}: ${several(wrong.length, "réponse")}.`);
    }
    if (still.length) {
      const offline = still.some((one) => one.fails), unheld = still.some((one) => one.held === false);
      kind = offline || out ? "offline" : "typing";
      if (parting) said.push(`${several(still.length, "réponse n’est pas encore", "réponses ne sont pas encore")} dans Jalon. Si vous quittez, ce qui est noté reste sur cet appareil, illisible, et partira quand vous vous y reconnecterez. Appuyez de nouveau sur «${NBSP}Quitter${NBSP}» pour partir.`);
      else if (out) said.push(out);
      else if (offline && unheld) said.push(`Pas de réseau${NBSP}: ne fermez pas cette page, elle seule garde ce qui est noté.`);
      else if (offline) said.push(`Pas de réseau${NBSP}: ${several(still.length, "réponse gardée", "réponses gardées")} sur cet appareil${withSignatures(still)}, à envoyer au retour.`);
      else said.push(`Envoi en cours${NBSP}: ${several(still.length, "réponse")}.`);
    } else if (!wrong.length && gone) said.push(`Noté sans réseau, enregistré maintenant dans Jalon${NBSP}: ${several(gone, "réponse")}.`);
    else if (!wrong.length && people.some((one) => one.sent)) said.push("Tout est enregistré dans Jalon.");
    else if (!wrong.length && asked) said.push(people.some((one) => one.noted) ? "Tout est enregistré dans Jalon." : `Rien n’est encore noté${NBSP}: choisissez une réponse par personne.`);
    const text = said.join(" ");
    sums.hidden = !text;
    sums.dataset.kind = kind;
    if (sums.dataset.said === text) return;
    sums.dataset.said = text;
    sums.replaceChildren(text);
    if (out && !parting) sums.append(" ", link("Se connecter", `${signIn}?next=${encodeURIComponent(location.pathname)}`));
    else if (!form && still[0]) sums.append(" ", link("Ouvrir la page de la visite", still[0].at.replace(/envoi\/$/, "")));
  }

  // A box that stands is left as it stands: somebody may be touching it.
  function boxed(one, place) {
    if (one.box && one.box.why === one.why) return;
    one.box?.remove();
    one.box = one.why ? Object.assign(settling(one), { why: one.why }) : null;
    if (one.box) place.append(one.box);
  }

  const withSignatures = (some) => {
    const count = some.filter((one) => one.strokes).length;
    return count ? `, dont ${several(count, "signature")}` : "";
  };

  const link = (text, to) => Object.assign(make("a", text), { href: to });

  function tellOf(one) {
    if (!one.line) {
      one.line = make("p", "", "typing");
      one.node.append(one.line);
    }
    let kind = "saved", said = one.sent ? `Enregistré dans Jalon${NBSP}: ${inWords(one.node) || "rien de noté"}.` : "";
    if (one.why) said = "";
    else if (one.waits && one.fails) [kind, said] = ["offline", one.held === false ? "Pas encore envoyé." : "Gardé sur cet appareil, pas encore envoyé."];
    else if (one.waits) [kind, said] = ["typing", "Envoi en cours."];
    else if (one.unsaid) [kind, said] = ["typing", "Dites d’abord si la personne était là."];
    if (one.strokes && said) said += " Signature comprise.";
    one.line.hidden = !said;
    one.line.dataset.kind = kind;
    one.line.textContent = said;
    tellSigning(one);
    boxed(one, one.node);
  }

  // Whoever was there signs, once: what is signed already, or waits to leave, is not asked for again. Nobody signs
  // hours that this page does not show.
  function tellSigning(one) {
    if (!one.sheet) return;
    const signed = one.signed && one.answer === one.noted, asked = there(one) && !signed && !one.strokes;
    const moved = one.carried !== form.dataset.carried;
    one.node.querySelector("[data-sign]").hidden = !asked || moved;
    one.node.querySelector("[data-moved]").hidden = !asked || !moved;
    const given = signed ? one.signed : "";
    if (given === one.given) return;
    one.given = given;
    one.node.querySelector("[data-given]").replaceChildren(...(given ? [make("span", given, "tag calm")] : []));
  }

  // Two answers, side by side: a tap keeps one.
  function settling(one) {
    const box = make("div", "", "problem"), { why } = one;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `À revoir, ${one.name}`);
    box.append(make("h3", one.node ? "À revoir" : `À revoir${NBSP}: ${one.name}`), make("p", why.why));
    box.append(make("p", `Noté sur cet appareil${NBSP}: ${one.said || "rien"}`));
    if (why.said) box.append(make("p", `Noté dans Jalon${NBSP}: ${why.said}${why.signed ? `, ${why.signed.toLowerCase()}` : ""}`));
    const moved = why.carried !== one.carried;
    if (one.strokes && moved) box.append(make("p", `La signature a été donnée pour d’autres heures${NBSP}: elle ne sera pas gardée, faites signer de nouveau.`));
    const acts = make("p", "", "acts");
    if (!why.closed && why.carried) acts.append(button("Garder ce qui est noté ici", () => {
      if (moved) one.strokes = "";
      Object.assign(one, { id: crypto.randomUUID(), told: why.noted, since: [], carried: why.carried, why: null });
      send(one);
      tell();
    }));
    if (one.strokes && !moved && !why.closed) acts.append(button("Retirer la signature", () => {
      Object.assign(one, { id: crypto.randomUUID(), strokes: "", why: null });
      keep(one);
      send(one);
      tell();
    }));
    acts.append(button(why.said ? "Garder ce qui est dans Jalon" : "Effacer de cet appareil", () => letGo(one)));
    box.append(acts);
    return box;
  }

  function letGo(one) {
    const { noted = one.noted, carried = one.carried, signed = one.signed } = one.why;
    Object.assign(one, { why: null, waits: false, sent: false, strokes: "", signed });
    if (one.node) {
      Object.assign(one, { noted, carried, answer: noted, told: noted, since: [] });
      show(one, noted);
    } else {
      others.splice(others.indexOf(one), 1);
      one.box.remove();
    }
    keep(one).then(tell);
  }

  // ------------------------------------------------ signing

  const there = (one) => one.answer.split("|")[0] === form.dataset.there;
  const minutes = (hour) => { const [hours, left] = hour.split(":").map(Number); return hours * 60 + left; };
  const hour = (time) => `${Math.floor(time / 60)}${NBSP}h${NBSP}${String(time % 60).padStart(2, "0")}`;

  function hoursOf(one) {
    const { day, lasts, begins, ends } = form.dataset;
    if (lasts) return `${day}, ${lasts}`;
    const [, arrived, left] = one.answer.split("|"), from = minutes(arrived || begins), to = minutes(left || ends);
    return `${day}, de ${hour(from)} à ${hour(to)}, soit ${hour(to - from)}`;
  }

  const drawn = (path) => path.split("M").filter(Boolean).reduce((sum, stroke) => {
    const points = stroke.split("L").map((at) => at.split(" ").map(Number));
    return sum + points.slice(1).reduce((far, [x, y], place) => far + Math.abs(x - points[place][0]) + Math.abs(y - points[place][1]), 0);
  }, 0);

  function signs(one) {
    const { sheet } = one, strokes = sheet.querySelector("[name=strokes]"), problem = sheet.querySelector("[role=alert]");
    const erase = sheet.querySelector("[data-erase]"), on = (name, act) => sheet.querySelector(name).addEventListener("click", act);
    one.node.querySelector("[data-sign] button").addEventListener("click", () => {
      sheet.querySelector("[data-hours]").textContent = `Vous signez${NBSP}: ${hoursOf(one)}.`;
      problem.hidden = true;
      sheet.showModal();
    });
    on("[data-close]", () => sheet.close());
    on("[data-keep]", () => {
      if (drawn(strokes.value) < Number(form.dataset.shortest)) {
        problem.hidden = false;
        problem.textContent = `Signez d’un trait plus long dans le cadre, puis appuyez sur «${NBSP}Signer ces heures${NBSP}».`;
        return;
      }
      Object.assign(one, { id: crypto.randomUUID(), strokes: strokes.value, said: inWords(one.node), waits: true, sent: false });
      sheet.close();
      keep(one).then(tell);
      send(one);
      tell();
      one.line.tabIndex = -1;
      one.line.focus();
    });
    // The next one to sign finds an empty frame, and the hand that signed is seen by nobody else.
    sheet.addEventListener("close", () => erase.click());
  }

  for (const one of people) {
    show(one, one.noted);
    if (one.sheet) signs(one);
  }

  // ------------------------------------------------ events

  function changed(one) {
    const answer = written(one.node);
    one.unsaid = !answer;
    if (!answer) return tell();
    // What was refused is looked at again as it is now; a signature is that of the hours that were shown.
    if (answer !== one.answer) one.strokes = "";
    if (answer !== one.answer || !one.waits) one.id = crypto.randomUUID();
    Object.assign(one, { answer, said: inWords(one.node), why: null, sent: false });
    one.waits = answer !== one.noted || one.since.length > 0 || Boolean(one.strokes);
    keep(one).then(tell);
    soon(one);
    tell();
  }

  for (const one of people) one.node.addEventListener("change", () => changed(one));
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    asked = true;
    flush();
    tell();
  });
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", flush);

  // Whoever signs out is told first of what did not leave; a second tap signs out.
  document.addEventListener("submit", async (event) => {
    if (!event.target.matches(".me form") || parting || !waiting().length) return;
    event.preventDefault();
    parting = true;
    await flush();
    if (waiting().length) tell();
    else event.target.requestSubmit();
  }, true);

  // ------------------------------------------------ what an earlier page left, and the page kept on the device

  async function resume() {
    const ours = new Map();
    for (const { at, number, pen, name, id, said, answer, carried, told, since, strokes = "" } of await held("visit")) {
      const kept = { at, number, pen, name, id, said, answer, carried, told, since, strokes, waits: true, held: true };
      const one = people.find((other) => other.pen === pen);
      if (one) {
        show(Object.assign(one, kept), answer);
        continue;
      }
      if (at !== here && !ours.has(at)) ours.set(at, await free(at));
      if (at === here || ours.get(at)) others.push(somebody(kept));
    }
    tell();
    await flush();
  }

  async function tooOld() {
    if (!(await caches.has("visites"))) return;
    const kept = await caches.open("visites");
    for (const page of await kept.keys()) {
      const until = (await kept.match(page, { ignoreVary: true }))?.headers.get("X-Kept-Until");
      if (Date.parse(until) < Date.now()) await kept.delete(page, { ignoreVary: true });
    }
  }

  async function carry() {
    if (!("serviceWorker" in navigator) || !window.caches) return;
    await keepOnlyOf(person);
    await tooOld();
    if (!form) return;
    await opensWithoutNetwork("visites");
    for (let turn = 0; turn < 50; turn += 1) {
      if (await caches.match(location.href, { ignoreVary: true })) return form.before(
        make("p", `Cette page s’ouvre sans réseau sur cet appareil jusqu’au ${form.dataset.until}, ou jusqu’à ce que vous quittiez Jalon.`, "small soft"),
      );
      await new Promise((yes) => { setTimeout(yes, 100); });
    }
  }

  // Another page that shows the same people has the pen first: this one goes on once that one is gone.
  if (here && navigator.locks) navigator.locks.request(here, () => { resume(); return new Promise(() => {}); });
  else resume();
  carry().catch(() => {});
})();
