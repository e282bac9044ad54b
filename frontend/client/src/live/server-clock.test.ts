import { beforeEach, expect, test } from "vitest";
import { ServerClock } from "./server-clock";

const START = 1_790_000_000_000;
let counter = 0;
let wall = 0;
let clock: ServerClock;

beforeEach(() => {
  counter = 5_000;
  wall = START + 120_000; // the phone's own clock is two minutes fast
  clock = new ServerClock({ now: () => counter, wall: () => wall });
});

const pass = (ms: number) => {
  counter += ms;
  wall += ms;
};

/** A ping that takes `up` ms there and `down` ms back; the server's clock shows START + the counter. */
function ping(up: number, down: number): void {
  const t = clock.moment();
  pass(up);
  const at = START + counter;
  pass(down);
  clock.pong(t, at);
}

test("one even ping tells the time", () => {
  ping(40, 40);
  expect(clock.now()).toBe(START + counter);
  expect(clock.rtt).toBe(80);
});

test("of several the quickest is believed: an uneven slow one is off by less than half its round trip", () => {
  ping(400, 20);
  expect(clock.now()).toBe(START + counter + 190);
  ping(10, 12);
  ping(20, 900);
  expect(clock.now()).toBe(START + counter - 1);
  expect(clock.rtt).toBe(22);
});

test("it is sure after four pings", () => {
  for (let n = 0; n < 3; n += 1) {
    ping(10, 10);
  }
  expect(clock.isSure).toBe(false);
  ping(10, 10);
  expect(clock.isSure).toBe(true);
});

test("before the first pong the moments of other messages serve, the latest possible one", () => {
  clock.heard(START + counter - 300);
  expect(clock.now()).toBe(START + counter - 300);
  clock.heard(START + counter - 50);
  clock.heard(START + counter - 500);
  expect(clock.now()).toBe(START + counter - 50);
});

test("before anything was heard the device's clock serves", () => {
  expect(clock.now()).toBe(wall);
});

test.each([-3_600_000, 100])("the device's clock set by %i ms does not move the time", (ms) => {
  ping(10, 10);
  wall += ms;
  expect(clock.now()).toBe(START + counter);
  expect(clock.rtt).toBe(20);
});

test("the device's clock set forward an hour misleads until the next message at most", () => {
  clock.heard(START + counter);
  ping(10, 10);
  wall += 3_600_000;
  clock.now();
  clock.heard(START + counter);
  expect(clock.now()).toBe(START + counter);
  ping(10, 10);
  expect(clock.now()).toBe(START + counter);
});

test("after a sleep that stopped the counter the time goes on", () => {
  clock.heard(START + counter);
  ping(10, 10);
  wall += 30_000; // the counter stood still
  expect(clock.now()).toBe(START + counter + 30_000);
  expect(clock.rtt).toBeNull();
});

test("a pong whose ping was sent before the sleep is worth nothing", () => {
  const t = clock.moment();
  const at = START + counter;
  wall += 30_000;
  clock.pong(t - 1, at);
  expect(clock.rtt).toBeNull();
});

test("old samples leave after a dozen newer ones: a drifting counter is followed", () => {
  ping(1, 1);
  for (let n = 0; n < 12; n += 1) {
    ping(30, 30);
  }
  expect(clock.rtt).toBe(60);
});

test("a step of the device's clock is told once, for a ping to be sent at once", () => {
  ping(20, 20);
  let steps = 0;
  clock.onStep = () => (steps += 1);
  wall += 5_000;
  clock.now();
  clock.now();
  expect(steps).toBe(1);
  ping(20, 20);
  expect(clock.now()).toBe(START + counter);
});

test("clocks that drift apart slowly make no step, however long it takes", () => {
  let steps = 0;
  clock.onStep = () => (steps += 1);
  for (let n = 0; n < 2_000; n += 1) {
    ping(20, 20);
    pass(8_000);
    wall += 0.8; // 100 ppm
  }
  expect([steps, clock.now()]).toEqual([0, START + counter]);
});
