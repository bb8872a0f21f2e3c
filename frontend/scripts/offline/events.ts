/** What the queue tells whoever listens, in this page, another one or the service worker. It never knows who that is. */

export type QueueEvent =
  | { readonly type: "queue" }
  /** `whole`: nothing of what was sent is still on its way. */
  | { readonly type: "received"; readonly complaint: string; readonly whole: boolean }
  | { readonly type: "changed"; readonly urls: readonly string[] }
  | { readonly type: "outdated" }
  | { readonly type: "storage-blocked" };

const NAME = "sambat-queue";
const channel = new BroadcastChannel(NAME);

export function tell(event: QueueEvent): void {
  channel.postMessage(event);
}

export function listen(hear: (event: QueueEvent) => void): () => void {
  const ear = new BroadcastChannel(NAME);
  ear.onmessage = ({ data }: MessageEvent<QueueEvent>) => hear(data);
  return () => ear.close();
}
