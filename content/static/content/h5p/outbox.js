// Takes to the site what somebody did in an activity and where they are, and loses none of it.
//
// What is not sent yet is kept on this device, by the address it goes to, which is one person's
// own. One thing is sent at a time, the oldest first. Of states only the newest is of any use.
const PREFIX = "alongside-h5p:";
const REST = 3_000; // between two states
const TRY_AGAIN = 30_000;
const MOST_KEPT = 100;
const LARGEST_TO_GO = 60_000; // what browsers still send from a page that is being left
// Somebody else is signed in, in another tab; or too many came at once. Its owner comes back.
const KEPT_FOR_LATER = new Set([403, 404, 429]);

// Signing in gives a new token, and another tab may have done so.
const tokenNow = (token) => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? token;

const kept = (address) => {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + address));
  } catch {
    return null; // no storage, or not ours
  }
};
const keep = (address, value) => {
  try {
    if (value === null) localStorage.removeItem(PREFIX + address);
    else localStorage.setItem(PREFIX + address, JSON.stringify(value));
  } catch {
    // Full, or not allowed: it is still sent while this page is open.
  }
};

export class Outbox {
  constructor({ saidUrl, stateUrl, token, version, tell }) {
    Object.assign(this, { saidUrl, stateUrl, token, version, tell });
    this.statements = (saidUrl && kept(saidUrl)) || [];
    this.unsent = (stateUrl && kept(stateUrl)) || null;
    this.isSending = false;
    this.isBack = false;
    this.signedOut = false;
    addEventListener("online", () => this.sendNow());
    addEventListener("focus", () => this.sendAgain()); // signed in again in another tab, perhaps
    addEventListener("pagehide", () => this.leave());
  }

  // Where they were: what is kept here is newer than what the site knows.
  async state() {
    if (!this.stateUrl) return null;
    if (this.unsent?.version === this.version) return this.unsent.state;
    const answer = await fetch(this.stateUrl, { headers: { Accept: "application/json" } });
    if (answer.status === 401) throw new Error("signed out", { cause: await answer.json() });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const { version, state } = await answer.json();
    return version === this.version && typeof state === "string" ? state : null;
  }

  keepState(state) {
    if (!this.stateUrl) return;
    this.unsent = { version: this.version, state };
    keep(this.stateUrl, this.unsent);
    clearTimeout(this.soon);
    const rest = Math.max(0, REST - (Date.now() - (this.lastStateAt ?? 0)));
    this.soon = setTimeout(() => this.send(), rest);
  }

  keepStatement(statement) {
    if (!this.saidUrl) return;
    // The core gives it no moment: with one, it is the same when it is sent again, and no other is.
    const told = { timestamp: new Date().toISOString(), ...statement };
    this.statements = [...this.statements, { version: this.version, statement: told }].slice(-MOST_KEPT);
    keep(this.saidUrl, this.statements);
    this.send();
  }

  async send() {
    if (this.isSending || this.signedOut) return;
    this.isSending = true;
    clearTimeout(this.later);
    try {
      // More may come while something is on its way.
      while (this.statements.length || this.unsent) {
        if (this.statements.length) await this.sendStatement(this.statements[0]);
        else await this.sendState(this.unsent);
      }
    } catch (why) {
      if (why.cause) {
        this.signedOut = true;
        this.tell("signed out", why.cause);
      } else {
        this.tell("unsent");
        this.later = setTimeout(() => this.send(), this.isBack ? 0 : TRY_AGAIN);
      }
    }
    this.isBack = false;
    this.isSending = false;
  }

  // There is a connection again. What is on its way may still fail for want of the old one.
  sendNow() {
    this.isBack = this.isSending;
    this.send();
  }

  sendAgain() {
    if (!this.signedOut) return;
    this.signedOut = false;
    this.send();
  }

  async sendStatement(one) {
    const answer = await this.post(this.saidUrl, one);
    if (answer.ok) this.tell("done", await answer.json());
    // Refused is refused: to send it again would change nothing.
    this.statements = this.statements.filter((other) => other !== one);
    keep(this.saidUrl, this.statements.length ? this.statements : null);
    if (answer.ok) this.tell("sent");
  }

  async sendState(one) {
    this.lastStateAt = Date.now();
    const answer = await this.post(this.stateUrl, one);
    if (answer.status === 413) this.tell("too long", await answer.json());
    if (this.unsent === one) {
      this.unsent = null;
      keep(this.stateUrl, null);
    }
    if (answer.ok) this.tell("sent");
  }

  async post(address, what, more = {}) {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": tokenNow(this.token) },
      body: JSON.stringify(what),
      ...more,
    });
    if (answer.status === 401) throw new Error("signed out", { cause: await answer.json() });
    if (answer.status >= 500 || KEPT_FOR_LATER.has(answer.status)) throw new Error(`${answer.status}`);
    return answer;
  }

  // The page is being left: what is small enough goes along, and what does not arrive is kept.
  leave() {
    if (!this.unsent || this.signedOut || this.isSending) return;
    const one = this.unsent;
    if (JSON.stringify(one).length > LARGEST_TO_GO) return;
    this.post(this.stateUrl, one, { keepalive: true }).then(
      ({ ok }) => {
        if (ok && this.unsent === one) keep(this.stateUrl, null);
      },
      () => {},
    );
  }
}
