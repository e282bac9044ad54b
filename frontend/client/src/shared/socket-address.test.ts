import { expect, test } from "vitest";
import { socketAddress } from "./socket-address";

test("the socket's address follows the page's", () => {
  const page = { protocol: "https:", host: "thi.example" } as Location;
  expect(socketAddress("/ws/vong/7/bang", page)).toBe("wss://thi.example/ws/vong/7/bang");
  expect(socketAddress("", page)).toBe("");
});
