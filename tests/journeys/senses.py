"""Scripts by which a journey perceives what a page does beyond its picture: sound, wake locks, vibration.

They are added to a context before its pages. All of it stays the browser's own: it is only listened to.
"""

# `later` is the browser's own, before the page's clock is the test's.
TIME = """
const later = window.setTimeout.bind(window);
window.becomes = (test, within = 10_000) => new Promise((resolve) => {
  const look = (left) => test() ? resolve(true) : left > 0 ? later(look, 50, left - 50) : resolve(false);
  look(within);
});
"""

# An ear beside the loudspeaker. A chord of the lobby dies away in six seconds by itself.
EARS = """
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (to, ...more) {
  if (to instanceof AudioDestinationNode) {
    window.ear = this.context.createAnalyser();
    window.ear.fftSize = 8192;
    connect.call(this, window.ear);
  }
  return connect.call(this, to, ...more);
};
const loudest = () => {
  const samples = new Float32Array(window.ear.fftSize);
  window.ear.getFloatTimeDomainData(samples);
  return samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
};
window.isHeard = () => window.becomes(() => window.ear?.context.state === "running" && loudest() > 0.001);
window.isSilent = () => window.becomes(() => loudest() < 0.0001, 2_000);
"""

# How many rows of a board have been set moving.
MOVES = """() => {
  window.moves = 0;
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (...how) {
    window.moves += this.matches(".hall-row") ? 1 : 0;
    return animate.apply(this, how);
  };
}"""

# The wake locks that were given; the blank page before the first has none to give.
LOCKS = """
window.locks = [];
const request = window.WakeLock?.prototype.request;
if (request) {
  WakeLock.prototype.request = async function (...kind) {
    const lock = await request.apply(this, kind);
    window.locks.push(lock);
    return lock;
  };
}
window.isAwake = () => window.becomes(() => window.locks.some((lock) => !lock.released));
"""

# What a browser does with a page that is covered: a headless one covers none.
COVER = """async (state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  if (state === "hidden") await Promise.all(window.locks.map((lock) => lock.release()));
  document.dispatchEvent(new Event("visibilitychange"));
}"""

# How long the phone was told to shake, and whether the browser took it: it does after a touch alone.
MOTOR = """
window.shakes = [];
const vibrate = navigator.vibrate.bind(navigator);
navigator.vibrate = (pattern) => {
  const taken = vibrate(pattern);
  window.shakes.push([pattern, taken]);
  return taken;
};
"""
