// One peer in a process of its own: driver.mjs NAME URL CLIENTS EVENTS SECONDS.
// Says "ready", waits for a line, appends as fast as it can, and prints JSON. Like
// contenders.py it counts the seconds until the last answer.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import pg from "pg";
import { getPostgreSQLEventStore } from "@event-driven-io/emmett-postgresql";

const [name, url, clients, events, seconds] = process.argv.slice(2);
const size = Number(events);
const data = {
  subscription_id: randomUUID(),
  number: 3,
  amount: { minor: 39900, currency: "RUB" },
};
const metadata = { message_id: randomUUID(), correlation_id: randomUUID(), actor: "renewal" };

async function emmett() {
  const store = getPostgreSQLEventStore(url, {
    connectionOptions: { pool: new pg.Pool({ connectionString: url, max: Number(clients) }) },
  });
  await store.schema.migrate();
  const made = () =>
    Array.from({ length: size }, () => ({ type: "SubscriptionRenewed", data, metadata }));
  return () =>
    store.appendToStream(`subscription-${randomUUID()}`, made(), {
      expectedStreamVersion: "STREAM_DOES_NOT_EXIST",
    });
}

async function messageDb() {
  const options = "-c search_path=message_store,public";
  const pool = new pg.Pool({ connectionString: url, max: Number(clients), options });
  const statement = {
    name: "write",
    text: "SELECT write_message($1::varchar, $2::varchar, 'SubscriptionRenewed'::varchar, $3::jsonb, $4::jsonb, $5::bigint)",
  };
  const body = JSON.stringify(data);
  const about = JSON.stringify(metadata);
  const write = (client, stream, n) =>
    client.query({ ...statement, values: [randomUUID(), stream, body, about, n - 1] });
  return async () => {
    const stream = `subscription-${randomUUID()}`;
    if (size === 1) return write(pool, stream, 0);
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      for (let n = 0; n < size; n += 1) await write(client, stream, n);
      await client.query("COMMIT");
    } finally {
      client.release();
    }
  };
}

const append = await (name === "Emmett" ? emmett() : messageDb());
await append();
console.log("ready");
await once(process.stdin, "data");
const start = performance.now();
const end = start + Number(seconds) * 1000;
const latencies = [];
let last = start;
async function work() {
  let began = performance.now();
  while (began < end) {
    await append();
    const now = performance.now();
    latencies.push(now - began);
    began = last = now;
  }
}
await Promise.all(Array.from({ length: Number(clients) }, work));
latencies.sort((a, b) => a - b);
const at = (share) => latencies[Math.floor(latencies.length * share)];
const told = { commands: latencies.length, seconds: (last - start) / 1000 };
console.log(JSON.stringify({ ...told, p50: at(0.5), p99: at(0.99) }));
process.exit(0);
