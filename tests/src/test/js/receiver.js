import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const secrets = process.env.LIFECYCLE_SECRET.split(" "); // Two during a rotation.
const users = new Map(); // By id. Store both durably, in one transaction.
const accepted = new Set(); // The ids of messages.

/** Whether the message comes from Keycloak and is at most 5 minutes old. */
function isAuthentic(headers, body) {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures = "" } = headers;
  const isRecent = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  return isRecent && secrets.some((secret) => {
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
    return signatures.split(" ").some((signature) => {
      const actual = Buffer.from(signature.replace("v1,", ""), "base64");
      return actual.length === expected.length && timingSafeEqual(actual, expected);
    });
  });
}

/** Every event carries the whole user. */
function apply({ id, type, user, account }) {
  if (type === "user.deleted") {
    users.delete(user.id);
  } else {
    users.set(user.id, { ...user, account });
  }
  accepted.add(id);
  console.log(`${type} ${user.username}, ${users.size} users`);
}

const server = createServer(async (request, response) => {
  const body = await text(request);
  const authentic = isAuthentic(request.headers, body);
  if (authentic && !accepted.has(request.headers["webhook-id"])) {
    apply(JSON.parse(body));
  }
  response.writeHead(authentic ? 204 : 401).end();
});
server.listen(Number(process.env.PORT ?? 0), () => console.log(`Listening on ${server.address().port}`));
