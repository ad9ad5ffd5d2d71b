// The microphone beside a field: buttons, what is heard, and plain words for whatever fails.

import { Line } from "./line.js";
import { Microphone, possible } from "./microphone.js";
import { Sentences } from "./sentences.js";

const SAID = {
  asking: "Votre navigateur vous demande la permission d’utiliser le micro.",
  listening: "Le micro écoute. Parlez normalement.",
  paused: "Dictée en pause. Le micro est coupé.",
  lost: "La connexion est coupée. Ce qui est écrit reste écrit. Continuez de parler : nous réessayons.",
  gone: "La connexion n’est pas revenue. Ce qui est écrit reste écrit. Vous pouvez continuer au clavier.",
  finishing: "Nous écrivons vos derniers mots…",
  unplugged: "Le micro s’est arrêté. Ce qui est écrit reste écrit.",
  undone: "La dernière phrase est effacée.",
  over: "La dictée est terminée.",
  tooLong: "Le texte a atteint sa longueur maximale. Raccourcissez-le avant de continuer.",
};
const REFUSED = {
  NotAllowedError: "Le micro n’est pas autorisé. Autorisez-le dans les réglages du navigateur, ou écrivez votre texte.",
  NotFoundError: "Aucun micro n’a été trouvé. Branchez-en un, ou écrivez votre texte.",
  NotReadableError: "Le micro est pris par une autre application. Fermez-la, ou écrivez votre texte.",
};
const NO_SOUND = "Le micro ne répond pas. Vous pouvez écrire votre texte.";

class Widget {
  constructor(root) {
    this.root = root;
    this.field = document.getElementById(root.dataset.voiceField);
    this.state = root.querySelector(".pv-voice__state");
    this.words = root.querySelector(".pv-voice__words");
    this.level = root.querySelector("meter");
    this.notices = root.querySelector(".pv-voice__notices");
    this.buttons = Object.fromEntries(
      [...root.querySelectorAll("[data-voice-do]")].map((b) => [b.dataset.voiceDo, b]),
    );
    for (const [verb, button] of Object.entries(this.buttons)) {
      button.addEventListener("click", () => this[verb]());
    }
    this.sentences = new Sentences(this.field);
    window.addEventListener("pagehide", () => this.close());
    root.hidden = false;
  }

  async start() {
    if (this.microphone || this.opening) return;
    this.opening = true;
    this.notices.replaceChildren();
    this.say(SAID.asking);
    this.sentences.begin();
    try {
      this.microphone = await Microphone.open(this.root.dataset.voiceCapture, (frame, level) =>
        this.heard(frame, level),
      );
    } catch (error) {
      this.say(REFUSED[error.name] ?? NO_SOUND);
      return;
    } finally {
      this.opening = false;
    }
    this.microphone.lost = () => this.stop(SAID.unplugged);
    this.paused = false;
    this.line = new Line(this.address(), {
      told: (message) => this.told(message),
      changed: (state) => this.changed(state),
    });
    this.show("finish", "pause");
    this.buttons.finish.focus();
  }

  address() {
    const address = new URL(this.root.dataset.voice, window.location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    return address.href;
  }

  heard(frame, level) {
    this.level.value = this.paused ? 0 : level;
    if (!this.paused) this.line?.send(frame);
  }

  told(message) {
    const key = `${message.epoch}/${message.sentence}`;
    if (message.type === "partial") {
      this.preview(message.text);
    } else if (message.type === "final") {
      this.preview("");
      this.write(key, message);
    } else if (message.type === "queue") {
      this.say(inLine(message.ahead));
    } else if (message.type === "error") {
      this.say(message.text);
      this.failed = message.permanent;
    } else if (message.type === "stop") {
      this.ended = message.text;
    }
  }

  write(key, { before, text, notices }) {
    if (text && this.field.maxLength > 0 && this.field.value.length + text.length + 1 > this.field.maxLength) {
      this.stop(SAID.tooLong);
      return;
    }
    this.sentences.write(key, before, text);
    this.buttons.undo.hidden = !this.sentences.written;
    for (const advice of new Set(notices.map((notice) => notice.advice))) {
      const known = [...this.notices.children].some((item) => item.textContent === advice);
      if (!known) this.notices.append(item(advice));
    }
  }

  changed(state) {
    if (state === "open") this.say(this.paused ? SAID.paused : SAID.listening);
    else if (state === "lost") this.say(SAID.lost);
    else this.over();
  }

  pause() {
    this.paused = true;
    this.level.value = 0;
    this.line.order("pause");
    this.show("finish", "resume");
    this.buttons.resume.focus();
    this.say(SAID.paused);
  }

  resume() {
    this.paused = false;
    this.sentences.begin();
    this.line.order("resume");
    this.show("finish", "pause");
    this.buttons.pause.focus();
    this.say(SAID.listening);
  }

  // The server writes what was being said, then closes; without an answer, we close.
  finish() {
    this.letGo();
    this.say(SAID.finishing);
    this.line.order("finish");
    this.patience = setTimeout(() => this.line?.end(), 15000);
  }

  stop(why) {
    this.ended = why;
    this.letGo();
    this.line?.end();
  }

  undo() {
    if (this.sentences.undo()) this.say(SAID.undone);
    this.buttons.undo.hidden = !this.sentences.written;
    if (this.buttons.undo.hidden) (this.buttons.finish.hidden ? this.buttons.start : this.buttons.finish).focus();
  }

  over() {
    clearTimeout(this.patience);
    const asked = !this.microphone;
    this.letGo();
    this.line = null;
    this.preview("");
    const focused = this.root.contains(document.activeElement);
    this.show("start");
    if (focused) this.buttons.start.focus();
    if (!this.failed) this.say(this.ended ?? (asked ? SAID.over : SAID.gone));
    this.failed = false;
    this.ended = undefined;
  }

  letGo() {
    this.microphone?.close();
    this.microphone = null;
    this.level.value = 0;
  }

  close() {
    this.letGo();
    this.line?.end();
  }

  preview(text) {
    this.words.textContent = text;
    this.words.hidden = !text;
  }

  show(...verbs) {
    for (const [verb, button] of Object.entries(this.buttons)) {
      if (verb !== "undo") button.hidden = !verbs.includes(verb);
    }
    this.level.hidden = verbs.includes("start");
    this.buttons.undo.hidden = !this.sentences.written;
  }

  say(text) {
    this.state.textContent = text;
  }
}

function item(text) {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}

function inLine(ahead) {
  if (ahead === 0) return "Beaucoup de personnes dictent en ce moment. Votre tour est le prochain.";
  const people = ahead === 1 ? "1 personne passe" : `${ahead} personnes passent`;
  return `Beaucoup de personnes dictent en ce moment. ${people} avant vous.`;
}

if (possible) {
  for (const root of document.querySelectorAll("[data-voice-field]")) new Widget(root);
}
