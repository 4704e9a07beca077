// Plays the package in this frame, and tells the page around it what there is to know: how tall it
// is, what somebody did, and where they are. It is told where to begin. Nothing else goes in or out.
(() => {
  const NONCE = location.hash.slice(1);
  const LOOK_EVERY = 10_000; // for state that goes on changing by itself
  // After somebody did something, in case they leave the very next moment, and again: some packages
  // draw first, and some go on by themselves for a while.
  const LOOK_AGAIN = [0, 700, 2_000, 4_000];
  const DONE = ["pointerup", "keyup", "input", "change"];
  const { H5P, H5PIntegration } = window;
  const content = document.querySelector(".h5p-content");
  const about = H5PIntegration.contents[`cid-${content.dataset.contentId}`];
  const tell = (type, more) => parent.postMessage({ alongside: 1, nonce: NONCE, type, ...more }, "*");

  // --- how tall it is ---------------------------------------------------------------------------

  // A package that fills its window grows with it, for ever. Nobody needs that many in one second.
  const MANY = 20;
  let told = 0;
  let lately = [];
  let later;
  const tellHeight = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (Math.abs(height - told) < 2) return;
    const now = performance.now();
    lately = lately.filter((at) => now - at < 1000);
    if (height > told && lately.length >= MANY) {
      clearTimeout(later);
      later = setTimeout(tellHeight, 1000); // it may have come to rest by then
      return;
    }
    lately.push(now);
    told = height;
    tell("height", { height });
  };

  // --- where somebody is ------------------------------------------------------------------------

  let known;
  let touched = false;
  const stateNow = () => {
    try {
      return JSON.stringify(H5P.instances[0].getCurrentState?.());
    } catch {
      return undefined; // it cannot say just now
    }
  };
  const tellState = () => {
    // One that is slow to find where somebody was says until then that they are at its beginning.
    if (!touched) return;
    const state = stateNow();
    if (state === undefined || state === known) return;
    known = state;
    tell("state", { state });
  };
  let waiting = [];
  const tellStateSoon = () => {
    waiting.forEach(clearTimeout);
    waiting = LOOK_AGAIN.map((after) => setTimeout(tellState, after));
  };
  const hasDone = () => {
    touched = true;
    tellStateSoon();
  };

  // --- what they did ----------------------------------------------------------------------------

  const tellStatement = (event) => {
    const statement = event.data?.statement;
    // A question inside a set is finished long before the set is.
    const parents = [statement?.context?.contextActivities?.parent ?? []].flat();
    if (statement && !parents.length) tell("said", { statement: JSON.parse(JSON.stringify(statement)) });
    // That it was begun, a package says of itself.
    if (!statement?.verb?.id?.endsWith("/attempted")) hasDone();
  };

  // --- beginning --------------------------------------------------------------------------------

  const begin = (state) => {
    const why = [];
    const usual = H5P.error;
    H5P.error = (error) => {
      why.push(String(error?.message ?? error));
      usual(error);
    };
    if (state !== null) about.contentUserData = [{ state }];
    H5P.getContentPath = () => about.contentUrl;
    H5P.externalDispatcher.on("xAPI", tellStatement);
    try {
      H5P.init(document.body);
    } catch (error) {
      why.push(String(error?.message ?? error));
    }
    H5P.error = usual;
    const [instance] = H5P.instances;
    if (!instance) return tell("failed", { why: why[0] ?? "" });
    known = state ?? stateNow(); // where it is before anybody did anything is nothing to keep
    follow(instance);
    tell("started");
    return tellHeight();
  };

  const follow = (instance) => {
    new ResizeObserver(tellHeight).observe(document.documentElement);
    new ResizeObserver(tellHeight).observe(document.body);
    let width = innerWidth;
    addEventListener("resize", () => {
      if (innerWidth === width) return; // we are as tall as we asked to be
      width = innerWidth;
      H5P.trigger(instance, "resize");
    });
    for (const done of DONE) addEventListener(done, hasDone, true);
    addEventListener("pause", tellStateSoon, true); // a film was watched that far
    setInterval(() => document.hidden || tellState(), LOOK_EVERY);
    document.addEventListener("visibilitychange", tellState);
    // What is said later than this, when the page goes, is not heard any more.
    addEventListener("beforeunload", tellState);
  };

  let begun = false;
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.alongside !== 1 || data.nonce !== NONCE) return;
    if (data.type === "begin" && !begun) {
      begun = true;
      begin(typeof data.state === "string" ? data.state : null);
    }
  });

  if (window.filesThatDidNotCome.length || !H5P.init) tell("failed", { why: "" });
  else H5P.jQuery(() => tell("ready")); // after H5P's core, which waits for the page as well
})();
