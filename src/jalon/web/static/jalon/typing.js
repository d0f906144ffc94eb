// Saves each text as it is typed, and holds on this device, sealed, what did not leave yet. A form works without it.
"use strict";

(() => {
  const { person, key, signIn, opens } = document.currentScript.dataset;
  if (!crypto.randomUUID) return;
  const QUIET = 1000, LONGEST = 5000, SLOW = 15000, CARRIED = 60000, NBSP = "\u00a0";
  const OFFLINE = `Pas de réseau${NBSP}: gardé sur cet appareil, partira au retour.`;
  const UNHELD = `Pas de réseau${NBSP}: ne fermez pas cette page, elle seule garde votre texte.`;
  const OUT = `Votre session est terminée. Votre texte est gardé sur cet appareil${NBSP}: il partira à votre prochaine connexion.`;
  const wait = (time) => new Promise((yes) => { setTimeout(yes, time); });
  let token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;

  // ------------------------------------------------ what is held on this device

  const { hold: seal, held, drop } = sealed(person, key);

  async function hold(one) {
    const { pen, at, subject, field, number, after, base } = one;
    one.held = await seal({ pen, at, subject, field, number, after }, { base, text: one.text() });
  }

  // Written one after the other: what is on the device is always what the page holds.
  function keep(one) {
    if (one.queued) return one.kept;
    one.queued = true;
    one.kept = one.kept.then(async () => {
      one.queued = false;
      if (late(one)) return hold(one);
      if (one.held) await drop(one.pen);
      one.held = false;
    }).catch(() => {});
    return one.kept;
  }

  // ------------------------------------------------ fields

  const late = (one) => one.text() !== one.base;
  const field = (told) => ({ pen: crypto.randomUUID(), number: 0, after: 0, flying: 0, fails: 0, kept: Promise.resolve(), ...told });

  function put(one, text) {
    const { node } = one;
    if (!node || node.value === text) return;
    const from = node.selectionStart, head = node.value.slice(0, from), tail = node.value.slice(from);
    node.value = text;
    if (document.activeElement === node) {
      const to = text.startsWith(head) ? from : text.endsWith(tail) ? text.length - tail.length : Math.min(from, text.length);
      node.setSelectionRange(to, to);
    }
  }

  const forms = [...document.querySelectorAll("form[data-typed]")];
  // What is known of a form stands beside it: its own fields may bear any name.
  const known = new Map(forms.map((form) => [form, {}]));
  const fields = forms.flatMap((form) => {
    const before = JSON.parse(form.dataset.before || "{}");
    return [...form.querySelectorAll("textarea[name]")].map((node) => field({
      form, node, at: form.dataset.typedAt, subject: form.dataset.typed, field: node.name,
      base: (before[node.name] ?? node.defaultValue).replaceAll("\r\n", "\n"), text: () => node.value,
      seen: Number(form.elements.seen?.value),
    }));
  });
  const others = [];
  const all = () => [...fields, ...others];

  // ------------------------------------------------ sending

  function soon(one) {
    one.since ||= Date.now();
    clearTimeout(one.timer);
    const pause = one.fails ? Math.min(LONGEST * 2 ** (one.fails - 1), 20000) : Math.min(QUIET, one.since + LONGEST - Date.now());
    one.timer = setTimeout(() => send([one]), Math.max(pause, 0));
  }

  // Several texts leave in one request, and are answered one by one.
  async function ask(sent, closing) {
    const who = { person: Number(person) || person };
    const texts = sent.map(({ one: { subject, field: name, pen, after, base }, number, text }) => ({ subject, field: name, pen, number, after, base, text }));
    const body = JSON.stringify(texts.length > 1 ? { ...who, all: texts } : { ...who, ...texts[0] });
    const answer = await fetch(sent[0].one.at, {
      method: "POST", body, redirect: "manual", keepalive: closing && body.length * 2 < CARRIED,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      signal: closing ? null : AbortSignal.timeout?.(SLOW),
    });
    if (answer.type === "opaqueredirect") return [401, { why: OUT }];
    const told = answer.headers.get("Content-Type")?.startsWith("application/json");
    return [answer.status, told ? await answer.json() : null];
  }

  function leaving(one) {
    clearTimeout(one.timer);
    Object.assign(one, { number: one.number + 1, flying: one.flying + 1, since: 0, stale: false });
    keep(one);
    return { one, number: one.number, text: one.text() };
  }

  async function send(own, closing = false) {
    const sent = own.filter((one) => (closing || !one.flying) && (late(one) || one.stale) && one.refused !== one.text()).map(leaving);
    if (!sent.length) return;
    let status = 0, said = null;
    try {
      [status, said] = await ask(sent, closing);
      if (status === 403 && !said) {
        token = await freshToken(token);
        [status, said] = await ask(sent, closing);
      }
    } catch { /* no network, or one too slow */ }
    sent.forEach(({ one, number, text }, place) => became(one, number, text, ...(said?.all?.[place] || [status, said])));
  }

  function became(one, number, text, status, said) {
    one.flying -= 1;
    if (status === 200) acknowledged(one, number, text, said);
    else if (said?.why) refused(one, status, text, said);
    else failed(one);
    tell(one.form);
  }

  function acknowledged(one, number, text, said) {
    if (number < one.after) return;
    Object.assign(one, { after: number, fails: 0, state: "saved", said: said.said, refused: null });
    const still = one.text() === text;
    if (still) put(one, said.text);
    one.base = still ? said.text : text;
    if (said.theirs) both(one, text, said);
    if (still) advise(one, said.advice);
    if (still) seen(one, said);
    if (one.node?.form) one.node.defaultValue = one.base;
    keep(one);
    if (late(one)) soon(one);
  }

  // Under the field and its line, as the page shows it when it opens.
  function advise({ node }, told) {
    const place = node?.closest(".field");
    place?.querySelector(".tips")?.remove();
    if (!place || !told.length) return;
    const box = make("div", "", "tips"), list = make("ul", "");
    for (const [kind, words] of told) {
      const one = make("li", "");
      one.append(make("strong", `${kind}.`), ` ${words}`);
      list.append(one);
    }
    box.append(make("p", "Conseils, à prendre ou à laisser", "advised"), list);
    place.insertBefore(box, place.querySelector(".helped"));
  }

  // The form may be sent by its button once every field of the page is known as it stands.
  function seen(one, said) {
    const number = one.subject.startsWith("section/") && one.form?.elements.seen;
    if (!number) return;
    const own = fields.filter((other) => other.form === one.form);
    one.seen = said.version;
    for (const other of own) {
      if (other.seen === said.before) other.seen = said.version;
      if (other.seen < said.version && !late(other)) { other.stale = true; soon(other); }
    }
    number.value = Math.min(...own.map((other) => other.seen));
  }

  function refused(one, status, text, said) {
    Object.assign(one, { state: status === 401 ? "out" : "refused", said: said.why, closed: said.closed });
    if (status === 401) { one.fails += 1; soon(one); } else one.refused = text;
    keep(one);
  }

  function failed(one) {
    one.fails += 1;
    one.state = "offline";
    keep(one).then(() => tell(one.form));
    soon(one);
  }

  // ------------------------------------------------ what the page says

  const make = (name, text, style = "") => Object.assign(document.createElement(name), { textContent: text, className: style });

  function tell(form) {
    if (!form) return;
    const page = known.get(form);
    const own = fields.filter((one) => one.form === form), worst = (state) => own.find((one) => one.state === state && late(one));
    const wrong = worst("refused") || worst("out") || worst("offline");
    const saved = own.filter((one) => one.state === "saved").sort((one, other) => (one.said < other.said ? 1 : -1))[0];
    let said = "", kind = "typing";
    if (wrong) {
      kind = wrong.state;
      said = kind === "offline" ? (wrong.held ? OFFLINE : UNHELD) : wrong.said;
    } else if (own.some(late)) said = "Modifié, pas encore enregistré";
    else if (saved) [kind, said] = ["saved", saved.said];
    if (!page.line) {
      page.line = make("p", "", "typing");
      page.aloud = make("span", "", "unseen");
      page.aloud.setAttribute("role", "status");
      form.append(page.aloud);
    }
    // It stands below the field that was typed in last, where one looks and no keyboard covers it.
    const last = (page.last || own.find(late) || own[0]).node;
    if (last.nextSibling !== page.line) last.after(page.line);
    page.line.hidden = !said;
    page.line.dataset.kind = kind;
    page.line.replaceChildren(said);
    if (kind === "out") {
      const link = make("a", "Se connecter");
      link.href = `${signIn}?next=${encodeURIComponent(location.pathname)}`;
      page.line.append(" ", link);
    }
    if (kind === "refused" && wrong.closed) page.line.append(" ", button("Effacer mon texte de cet appareil", () => { put(wrong, wrong.base); changed(wrong); }));
    // Said aloud once for each turn of events, not at each second.
    if (kind !== "typing" && page.kind !== kind) { page.kind = kind; page.aloud.textContent = said; }
  }

  const button = (text, act) => {
    const made = make("button", text, "button quiet");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };

  function both(one, mine, said) {
    if (!one.node) return;
    const box = make("div", "", "problem two");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Ce texte a aussi été écrit ailleurs");
    const choose = (text) => {
      const before = one.node.value;
      const turn = (to) => { put(one, to); changed(one); };
      if (text !== null) turn(text);
      box.replaceChildren(make("p", text === null ? "Les deux passages restent, l’un après l’autre." : "C’est ce texte qui est gardé."));
      if (text !== null) box.append(button("Annuler ce choix", () => { turn(before); box.remove(); }));
      one.node.focus();
    };
    box.append(
      make("h2", "Ce texte a aussi été écrit ailleurs"),
      make("p", `Rien n’est perdu${NBSP}: les deux passages se suivent maintenant dans votre texte. Vous pouvez n’en garder qu’un.`),
      make("h3", "Écrit ici"), make("p", mine, "typed"), button("Garder ce qui est écrit ici", () => choose(mine)),
      make("h3", "Écrit ailleurs"), make("p", said.theirs, "typed"), button("Garder ce qui est écrit ailleurs", () => choose(said.theirs)),
      make("p", "", "last"),
    );
    box.lastChild.append(button("Garder les deux, l’un après l’autre", () => choose(null)));
    one.box?.remove();
    one.box = box;
    const { line } = known.get(one.form);
    (one.node.nextSibling === line ? line : one.node).after(box);
  }

  // ------------------------------------------------ events

  function changed(one) {
    keep(one);
    if (one.form) Object.assign(known.get(one.form), { last: one, leaves: false });
    if (late(one)) { if (!one.flying) soon(one); } else clearTimeout(one.timer);
    tell(one.form);
  }

  // Where a browser does not let a field follow its text by itself.
  const grows = !CSS.supports("field-sizing", "content");
  const grow = ({ node }) => { if (grows && node.scrollHeight > node.clientHeight) node.style.height = `${node.scrollHeight + 4}px`; };

  for (const one of fields) {
    free(one.pen);
    grow(one);
    one.node.addEventListener("input", () => grow(one));
    one.node.addEventListener("input", () => changed(one));
  }

  const flush = (own, closing) => { for (const one of own) { one.fails = 0; send([one], closing); } };
  addEventListener("online", () => flush(all()));
  addEventListener("pagehide", () => { flush(all().filter((one) => !known.get(one.form)?.leaves), true); });
  document.addEventListener("visibilitychange", () => {
    flush(all().filter((one) => !known.get(one.form)?.leaves), document.visibilityState === "hidden");
  });

  for (const form of forms) {
    // What is typed is saved: no link leaves the page without saving it any more.
    for (const link of form.querySelectorAll("p.acts a.quiet")) link.textContent = link.textContent.replace(/,? sans enregistrer/, "");
    form.addEventListener("submit", async (event) => {
      const page = known.get(form);
      if (page.leaves) return;
      const own = fields.filter((one) => one.form === form);
      if (navigator.onLine && !own.some((one) => late(one) || one.flying)) {
        page.leaves = true;
        return;
      }
      event.preventDefault();
      await wait(0);
      for (let turn = 0; turn < 40 && own.some((one) => one.flying); turn += 1) await wait(100);
      for (const one of own) one.fails = 0;
      await send(own);
      const stopped = own.find((one) => late(one) && ["offline", "out"].includes(one.state));
      if (!stopped && navigator.onLine) {
        page.leaves = true;
        form.requestSubmit(event.submitter);
      } else if (!stopped) {
        tell(form);
        page.line.hidden = false;
        page.line.textContent = page.aloud.textContent = `Pas de réseau${NBSP}: appuyez de nouveau quand il sera revenu.`;
      }
    });
  }
  addEventListener("pageshow", (event) => { if (event.persisted) for (const page of known.values()) page.leaves = false; });

  // ------------------------------------------------ what an earlier page left, and pages that open without network

  async function resume() {
    for (const { pen, at, subject, field: name, number, after, base, text } of await held("text")) {
      if (!(await free(pen))) continue;
      const left = { pen, number: number + 100, after, base, held: true };
      const here = fields.find((one) => !one.resumed && one.at === at && one.subject === subject && one.field === name);
      if (here && (here.form.dataset.before || here.node.value === here.node.defaultValue)) {
        Object.assign(here, left, { resumed: true });
        if (!here.form.dataset.before) put(here, text);
        tell(here.form);
      } else others.push(field({ ...left, at, subject, field: name, text: () => text }));
    }
    flush(all().reverse());
  }

  async function offline() {
    if (!("serviceWorker" in navigator) || !window.caches) return;
    await keepOnlyOf(person);
    if (!opens) {
      // The files of others are read for as long as a session lasts: none of them stays on the device.
      await caches.delete("ecrits");
      if (!(await caches.has("visites"))) await (await navigator.serviceWorker.getRegistration())?.unregister();
      return;
    }
    if (forms.length) await opensWithoutNetwork("ecrits");
  }

  resume();
  offline().catch(() => {});
})();
