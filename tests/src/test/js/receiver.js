import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const secrets = process.env.LIFECYCLE_SECRET.split(" "); // Two during a rotation.
const users = new Map(); // By id. Store both durably, in one transaction.
const accepted = new Set(); // The ids of messages.

/** Whether the message comes from Keycloak and is at most 5 minutes old. */
function isAuthentic(headers, body) {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  const signatures = (headers["webhook-signature"] ?? "").split(" ");
  const fresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  return fresh && secrets.some((secret) => {
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    const digest = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
    const expected = Buffer.from(`v1,${digest}`);
    return signatures.some((text) => {
      const actual = Buffer.from(text);
      return actual.length === expected.length && timingSafeEqual(actual, expected);
    });
  });
}

/** Every event carries the whole user. */
function apply({ id, type, user, account }) {
  if (accepted.has(id)) {
    return;
  }
  if (type === "user.deleted") {
    users.delete(user.id);
  } else {
    users.set(user.id, { ...user, account });
  }
  accepted.add(id);
  console.log(`${type} ${user.username}, ${users.size} users`);
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks).toString();
  const authentic = isAuthentic(request.headers, body);
  if (authentic) {
    apply(JSON.parse(body));
  }
  response.writeHead(authentic ? 204 : 401).end();
});
server.listen(Number(process.env.PORT ?? 0), () => console.log(`Listening on ${server.address().port}`));
