// The attendance sheet on a phone: no mark is lost, with or without a connection.
//
// What is tapped is a draft; what is saved is a sheet with a key of its own, sent as soon as
// there is a connection, the oldest first. Both are kept on this phone, by who made them and where
// they go. The site takes a sheet once, however often it arrives.
const PREFIX = "alongside-marks:";
const TRY_AGAIN = 30_000;
const PATIENCE = 20_000; // a connection that is half there answers nothing for minutes

const box = document.querySelector("[data-unsent]");
const form = document.querySelector("form[data-marks]");
const mine = `${PREFIX}${box.dataset.who}:`;
const here = location.pathname;

// --- What is kept on this phone ----------------------------------------------------------------

const EMPTY = () => ({ draft: {}, sheets: [] });
const memory = {}; // where the browser lets nothing be kept, it lasts as long as the page

const addresses = () => {
  const kept = new Set(Object.keys(memory));
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) kept.add(name);
  } catch {
    // no storage here
  }
  return [...kept];
};
const read = (name) => {
  try {
    return { ...EMPTY(), ...(memory[name] ?? JSON.parse(localStorage.getItem(name))) };
  } catch {
    return EMPTY();
  }
};
const change = (name, how) => {
  const state = read(name);
  how(state);
  const isEmpty = !state.sheets.length && !Object.keys(state.draft).length;
  try {
    if (isEmpty) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(state));
    delete memory[name];
  } catch {
    if (isEmpty) delete memory[name];
    else memory[name] = state;
  }
  return state;
};
const newKey = () => {
  if (crypto.randomUUID) return crypto.randomUUID(); // only where the connection is encrypted
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};
const howMany = (sheet) => new Set([...Object.keys(sheet.lines), ...Object.keys(sheet.others)]).size;

// --- What is said about it ---------------------------------------------------------------------

const words = (name, n) => {
  const one = n === 1 && box.querySelector(`[data-words="${name} one"]`);
  const found = one || box.querySelector(`[data-words="${name}"]`);
  return found.innerHTML.trim().replace("{n}", n);
};
let said = ""; // what the site said last
let trouble = null; // why marks are not sent: { why, signIn, isOffline }

const tell = () => {
  const kept = addresses();
  const own = kept.filter((name) => name.startsWith(mine)).map(read);
  const unsent = own.flatMap((state) => state.sheets).reduce((sum, sheet) => sum + howMany(sheet), 0);
  const drafts = form ? Object.keys(read(mine + here).draft).length : 0;
  const parts = [];
  if (unsent) parts.push(words("unsent", unsent));
  if (unsent && trouble) parts.push(trouble.why || words("offline"));
  if (!unsent && said) parts.push(said);
  if (drafts) parts.push(words("draft", drafts));
  if (Object.keys(memory).length) parts.push(words("no room"));
  if (kept.some((name) => !name.startsWith(mine) && read(name).sheets.length)) {
    parts.push(words("others"));
  }
  box.hidden = !parts.length;
  const note = box.querySelector("[data-said]");
  if (note.textContent !== parts.join(" ")) note.textContent = parts.join(" ");
  note.classList.toggle("note-warning", unsent > 0);
  box.querySelector("[data-acts]").hidden = !unsent;
  const signIn = box.querySelector("[data-sign-in]");
  signIn.hidden = !trouble?.signIn;
  if (trouble?.signIn) signIn.href = trouble.signIn;
};

// --- The sheet ---------------------------------------------------------------------------------

const line = (pk) => form?.querySelector(`[data-person="${pk}"]`);
const people = () => [...(form?.querySelectorAll("[data-person]") ?? [])].map((li) => li.dataset.person);
const field = (pk, part) => form.elements[`${part}_${pk}`];
const shown = (pk) => ({
  mark: field(pk, "mark").value,
  way: field(pk, "way").value,
  reason: field(pk, "reason").value,
});
const isSame = (one, other) =>
  ["mark", "way", "reason"].every((part) => (one?.[part] ?? "") === (other?.[part] ?? ""));
const show = (pk, { mark, way, reason }) => {
  if (!line(pk)) return;
  for (const radio of field(pk, "mark")) radio.checked = radio.value === mark;
  field(pk, "way").value = way;
  field(pk, "reason").value = reason;
  const isUsual = ["", "present", "absent"].includes(mark) && !way && !reason;
  if (!isUsual) line(pk).querySelector("details").open = true;
};
const ask = (pk, why) => {
  if (!line(pk)) return;
  const problem = Object.assign(document.createElement("p"), { className: "problem", textContent: why });
  line(pk).querySelector("[data-problems]").replaceChildren(...(why ? [problem] : []));
};
const known = {}; // what the site said of each person, and which mark that was

const noteDraft = (pk) => {
  change(mine + here, (state) => {
    const chosen = shown(pk);
    const isWaiting = state.sheets.some((sheet) => pk in sheet.lines || pk in sheet.others);
    if (!chosen.mark || (isSame(chosen, known[pk]) && !isWaiting)) delete state.draft[pk];
    else state.draft[pk] = { ...chosen, was: state.draft[pk]?.was ?? known[pk].was };
  });
  tell();
};

const save = (isEveryone) => {
  const others = {};
  if (isEveryone) {
    for (const pk of people().filter((pk) => !shown(pk).mark)) {
      show(pk, { ...shown(pk), mark: "present" });
      others[pk] = known[pk].was;
    }
  }
  change(mine + here, (state) => {
    const sheet = { key: newKey(), lines: state.draft, others };
    if (howMany(sheet)) state.sheets.push(sheet);
    state.draft = {};
  });
  for (const pk of people()) ask(pk, "");
  said = "";
  send();
};

const hear = ({ lines, disputed, unmarked }) => {
  const state = read(mine + here);
  const waiting = new Set(state.sheets.flatMap((sheet) => Object.keys({ ...sheet.lines, ...sheet.others })));
  for (const [pk, mark] of Object.entries(lines)) {
    known[pk] = mark;
    if (!line(pk)) continue;
    field(pk, "was").value = mark.was;
    if (!(pk in state.draft) && !waiting.has(pk)) show(pk, mark);
  }
  for (const [pk, why] of Object.entries(disputed)) ask(pk, why);
  if (!unmarked) {
    form.querySelector("[name=everyone]")?.remove();
    document.querySelector("[data-what-now]").textContent = words("all marked");
  }
  document.querySelector("[data-so-far]")?.remove();
  line(Object.keys(disputed)[0])?.scrollIntoView({ block: "center" });
};

// --- Sending -----------------------------------------------------------------------------------

const token = () =>
  /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ??
  document.querySelector("[name=csrfmiddlewaretoken]")?.value;

const post = (address, { key, lines, others }) => {
  const what = new URLSearchParams({ key, person: box.dataset.who });
  for (const [pk, { mark, way, reason, was }] of Object.entries(lines)) {
    what.set(`mark_${pk}`, mark);
    what.set(`way_${pk}`, way);
    what.set(`reason_${pk}`, reason);
    what.set(`was_${pk}`, was);
  }
  for (const [pk, was] of Object.entries(others)) what.set(`was_${pk}`, was);
  if (Object.keys(others).length) what.set("everyone", "1");
  return fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token() },
    body: what,
    signal: AbortSignal.timeout?.(PATIENCE),
  });
};

const sendOne = async (name, sheet) => {
  const answer = await post(name.slice(mine.length), sheet);
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  const told = isJson ? await answer.json() : {};
  if (answer.status === 422) {
    // It cannot be kept as it is: its writer has it back as a draft.
    change(name, (state) => {
      state.sheets = state.sheets.filter(({ key }) => key !== sheet.key);
      state.draft = { ...sheet.lines, ...state.draft };
    });
    said = told.why;
    return;
  }
  if (!answer.ok || !isJson) throw Object.assign(new Error(`${answer.status}`), { told });
  change(name, (state) => {
    state.sheets = state.sheets.filter(({ key }) => key !== sheet.key);
    for (const pk of Object.keys(told.disputed)) {
      state.draft[pk] ??= { ...sheet.lines[pk], was: told.lines[pk].was };
    }
  });
  if (form && name === mine + here) {
    hear(told);
    said = [told.said, told.completed].filter(Boolean).join(" ");
  } else said = words("sent");
};

let isSending = false;
let isBack = false;
let later;
const send = async () => {
  if (isSending) return;
  isSending = true;
  clearTimeout(later);
  tell();
  try {
    for (const name of addresses().filter((each) => each.startsWith(mine))) {
      for (let sheet; (sheet = read(name).sheets[0]); ) {
        await sendOne(name, sheet);
        trouble = null;
        tell();
      }
    }
  } catch (why) {
    trouble = { why: why.told?.why, signIn: why.told?.sign_in };
    if (!trouble.signIn) later = setTimeout(send, isBack ? 0 : TRY_AGAIN);
  }
  isBack = false;
  isSending = false;
  tell();
};
// There is a connection again. What is on its way may still fail for want of the old one.
const sendNow = () => {
  isBack = isSending;
  send();
};

// --- The page ----------------------------------------------------------------------------------

if (form) {
  for (const pk of people()) known[pk] = { ...shown(pk), was: field(pk, "was").value };
  const state = read(mine + here);
  for (const sheet of state.sheets) {
    for (const pk of Object.keys(sheet.others)) if (line(pk)) show(pk, { ...shown(pk), mark: "present" });
    for (const [pk, mark] of Object.entries(sheet.lines)) show(pk, mark);
  }
  for (const [pk, mark] of Object.entries(state.draft)) show(pk, mark);
  form.addEventListener("input", ({ target }) => {
    const li = target.closest("[data-person]");
    if (li) noteDraft(li.dataset.person);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(event.submitter?.name === "everyone");
  });
}
box.querySelector("[data-send]").addEventListener("click", sendNow);
addEventListener("online", sendNow);
addEventListener("focus", send); // signed in again in another tab, perhaps
addEventListener("pageshow", ({ persisted }) => persisted && send());
send();
