/**
 * The house while its store is not there yet: alive, not ready, and every delivery is sent away with 503
 * unread, so that whoever watches over processes lets this one wait.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { answer } from "./door.js";

export interface WaitingRoom {
  /** Resolves when the port is free again. */
  close(): Promise<void>;
}

/** @throws what listening throws, a port in use for one */
export function openWaitingRoom({ host, port }: { readonly host: string; readonly port: number }) {
  return new Promise<WaitingRoom>((resolve, reject) => {
    const server = createServer(turnAway);
    server.once("error", reject).listen(port, host, () => {
      resolve({
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

function turnAway({ url = "" }: IncomingMessage, response: ServerResponse): void {
  response.setHeader("connection", "close");
  if (url.split("?")[0] === "/healthz") answer(response, 200, "alive");
  else answer(response, 503, "the store does not answer");
}
