// Shows H5P activities in a page of ours, each in a frame without an origin.
//
// What a frame says comes from a script that nobody here wrote. It is believed only when it comes
// from that very frame, with the word it was given, and is one of the few things a frame may say.

const PATIENCE = 15_000;
const NEAR = "500px"; // how far below the screen one begins to come
const TALLEST = 20_000;
const SHORTEST = 60;
const LONGEST_STATEMENT = 64 * 1024;
const LONGEST_STATE = 8 * 1024 * 1024; // the site says itself what is too long for it
const LONGEST_WHY = 500;
const MOST_STATEMENTS = 200; // nobody does more on one page

const isText = (value, longest) => typeof value === "string" && value.length <= longest;
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// What a frame may say: {type: {what comes with it: whether it is as it should be}}.
const MAY_SAY = {
  ready: {},
  started: {},
  failed: { why: (value) => isText(value, LONGEST_WHY) },
  height: { height: (value) => Number.isFinite(value) && value >= 0 },
  said: { statement: (value) => isObject(value) && JSON.stringify(value).length <= LONGEST_STATEMENT },
  state: { state: (value) => isText(value, LONGEST_STATE) },
};

const fits = (message, nonce) => {
  if (!isObject(message) || message.alongside !== 1 || message.nonce !== nonce) return false;
  if (typeof message.type !== "string" || !Object.hasOwn(MAY_SAY, message.type)) return false;
  const { alongside, nonce: _nonce, type, ...more } = message;
  const schema = MAY_SAY[type];
  const names = Object.keys(more);
  return (
    names.length === Object.keys(schema).length &&
    names.every((name) => Object.hasOwn(schema, name) && schema[name](more[name]))
  );
};

const word = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

// crypto.randomUUID is not there on a site without https.
const uuid = () => {
  const [high, low] = [word().slice(0, 16), word().slice(16)];
  const parts = [high.slice(0, 8), high.slice(8, 12), `4${high.slice(13)}`, `a${low.slice(1, 4)}`];
  return [...parts, low.slice(4)].join("-");
};

class Player {
  constructor(section, Outbox) {
    this.section = section;
    this.words = section.dataset;
    this.stage = section.querySelector("[data-stage]");
    this.says = section.querySelector("[data-says]");
    this.help = section.querySelector("[data-help]");
    this.version = Number(this.words.version);
    this.statements = 0;
    this.outbox = new Outbox({
      saidUrl: this.words.saidUrl,
      stateUrl: this.words.stateUrl,
      token: this.words.token,
      version: this.version,
      tell: (what, answer) => this.hearOfSending(what, answer),
    });
    this.stage.hidden = false;
    for (const details of section.querySelectorAll("details")) details.open = false;
    section.classList.add("is-set-up");
    this.help.querySelector("[data-again]").addEventListener("click", () => this.begin());
    addEventListener("message", (event) => this.hear(event));
    this.outbox.send();
    this.beginWhenNear();
  }

  beginWhenNear() {
    if (!("IntersectionObserver" in window)) {
      this.begin();
      return;
    }
    const watch = new IntersectionObserver(
      (seen) => {
        if (!seen.some((one) => one.isIntersecting)) return;
        watch.disconnect();
        this.begin();
      },
      { rootMargin: NEAR },
    );
    watch.observe(this.stage);
  }

  async begin() {
    this.say(this.words.coming);
    this.help.hidden = true;
    this.stage.hidden = false;
    this.stage.classList.remove("is-here");
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.takesLong(), PATIENCE);
    this.nonce = word();
    const state = this.outbox.state().catch((why) => why);
    const frame = this.framed();
    this.stage.replaceChildren(frame);
    const isReady = new Promise((resolve) => {
      this.ready = resolve;
    });
    const [was] = await Promise.all([state, isReady]);
    if (frame !== this.frame) return; // somebody tried again meanwhile
    if (was instanceof Error) {
      // To begin without knowing where they were would write over it.
      if (was.cause) this.hearOfSending("signed out", was.cause);
      else this.takesLong();
      clearTimeout(this.waiting);
      return;
    }
    frame.contentWindow.postMessage({ alongside: 1, nonce: this.nonce, type: "begin", state: was }, "*");
  }

  framed() {
    const frame = document.createElement("iframe");
    // Never allow-same-origin: with it, a package could do here whatever the reader may.
    frame.setAttribute("sandbox", "allow-scripts allow-forms allow-popups");
    frame.allow = "fullscreen; autoplay";
    frame.referrerPolicy = "no-referrer";
    frame.title = this.words.title;
    frame.src = `${this.words.frame}#${this.nonce}`;
    this.frame = frame;
    return frame;
  }

  hear({ source, data }) {
    if (!this.frame || source !== this.frame.contentWindow || !fits(data, this.nonce)) return;
    if (data.type === "ready") this.ready();
    else if (data.type === "started") this.started();
    else if (data.type === "failed") this.cannot(data.why);
    else if (data.type === "height") this.grow(data.height);
    else if (data.type === "state") this.outbox.keepState(data.state);
    else if (data.type === "said" && this.statements < MOST_STATEMENTS) {
      this.statements += 1;
      // A name of its own, so that it counts once however often it is sent.
      this.outbox.keepStatement({ id: uuid(), ...data.statement });
    }
  }

  started() {
    clearTimeout(this.waiting);
    this.help.hidden = true;
    this.stage.classList.add("is-here");
    this.say(this.words.here); // for those who cannot see that it is
  }

  cannot(why) {
    clearTimeout(this.waiting);
    this.stage.hidden = true;
    this.say(this.words.cannot, { forYou: true });
    if (why) {
      const told = document.createElement("small");
      told.textContent = why;
      this.says.append(told);
    }
    this.help.hidden = false;
  }

  takesLong() {
    this.say(this.words.slow, { forYou: true });
    this.help.hidden = false;
  }

  grow(height) {
    this.frame.style.blockSize = `${Math.min(Math.max(Math.ceil(height), SHORTEST), TALLEST)}px`;
  }

  hearOfSending(what, answer = {}) {
    if (what === "done") {
      this.section.dispatchEvent(new CustomEvent("h5p-done", { bubbles: true, detail: answer }));
    } else if (what === "sent" && this.saidUnsent) {
      this.saidUnsent = false;
      this.say("");
    } else if (what === "too long") {
      this.say(answer.why, { forYou: true });
    } else if (what === "unsent" && !this.saidUnsent) {
      this.saidUnsent = true;
      this.say(this.words.unsent, { forYou: true });
    } else if (what === "signed out") {
      this.saidUnsent = true;
      this.say(this.words.signedOut, { forYou: true });
      const link = document.createElement("a");
      const signIn = new URL(answer.sign_in ?? "/account/sign-in/", location.href);
      signIn.searchParams.set("next", location.pathname + location.search);
      link.href = signIn;
      link.textContent = this.words.signIn;
      this.says.append(" ", link);
    }
  }

  say(words, { forYou = false } = {}) {
    this.says.textContent = words;
    this.says.classList.toggle("visually-hidden", words === this.words.here);
    this.says.classList.toggle("is-for-you", forYou);
  }
}

for (const section of document.querySelectorAll("[data-h5p]")) {
  import(section.dataset.outbox).then(({ Outbox }) => new Player(section, Outbox));
}
