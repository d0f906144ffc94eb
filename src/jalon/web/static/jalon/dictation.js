// Writes what is said aloud, where the browser can: a button under each text, which says first where the voice goes.
"use strict";

(() => {
  const Hears = window.SpeechRecognition || window.webkitSpeechRecognition;
  if (!Hears) return;
  const NBSP = "\u00a0";
  const person = document.querySelector("script[data-person]")?.dataset.person, agreed = `dictee-${person}`;
  const WARNED = `Votre navigateur peut envoyer votre voix à l’entreprise qui l’a fait, qui la change en texte. Jalon ne reçoit que le texte.`;
  const REFUSED = `Le micro est fermé${NBSP}: ouvrez-le dans les réglages de votre navigateur, ou écrivez.`;
  const FAILED = "Je n’ai rien entendu. Appuyez de nouveau, ou écrivez.";
  let heard = null;

  const make = (name, text, style = "") => Object.assign(document.createElement(name), { textContent: text, className: style });

  function button(text, act) {
    const made = make("button", text, "button quiet");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  const known = () => { try { return localStorage.getItem(agreed); } catch { return null; } };
  const know = () => { try { localStorage.setItem(agreed, "oui"); } catch { /* asked again next time */ } };

  function write(node, words) {
    const { selectionStart: from, selectionEnd: to } = node;
    const apart = /\S$/.test(node.value.slice(0, from)) ? " " : "";
    node.setRangeText(apart + words.trim(), from, to, "end");
    node.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function listen(node, press, said) {
    const ear = heard = new Hears();
    Object.assign(ear, { lang: "fr-FR", continuous: true, interimResults: false });
    ear.onresult = ({ resultIndex, results }) => {
      for (const one of [...results].slice(resultIndex)) if (one.isFinal) write(node, one[0].transcript);
    };
    ear.onerror = ({ error }) => {
      if (error !== "aborted") said.textContent = error === "not-allowed" || error === "service-not-allowed" ? REFUSED : FAILED;
    };
    ear.onend = () => {
      if (heard === ear) heard = null;
      press.textContent = "Dicter";
    };
    said.textContent = "";
    press.textContent = "Arrêter";
    ear.start();
  }

  function ask(press, said, go) {
    const box = make("div", "", "advice"), choice = make("p", "", "acts");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Avant de dicter");
    const leave = () => { box.remove(); press.focus(); };
    const yes = button("D’accord, dicter", () => { know(); leave(); go(); });
    choice.append(yes, button("Non, j’écris", leave));
    box.append(make("p", WARNED), choice);
    said.before(box);
    yes.focus();
  }

  for (const node of document.querySelectorAll("form[data-typed] .field > textarea[name]")) {
    const said = make("p", "", "small heard"), row = make("p", "", "dictate");
    said.setAttribute("role", "status");
    const press = button("Dicter", () => {
      if (heard) { const own = press.textContent !== "Dicter"; heard.stop(); if (own) return; }
      if (known()) listen(node, press, said);
      else if (!row.parentNode.querySelector("[aria-label='Avant de dicter']")) ask(press, said, () => listen(node, press, said));
    });
    const label = node.labels[0]?.textContent.trim();
    if (label) press.setAttribute("aria-description", label);
    row.append(press);
    node.before(row);
    node.after(said);
  }
})();
