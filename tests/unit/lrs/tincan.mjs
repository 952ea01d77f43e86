/** A launched activity that uses what its URL carries. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
const XAPI = createRequire(new URL('../../node/', import.meta.url))('@xapi/xapi').default;

const query = new URL(JSON.parse(process.env.TOLD).url).searchParams;
const xapi = new XAPI({ endpoint: query.get('endpoint'), auth: query.get('auth') });
const actor = JSON.parse(query.get('actor'));
const statement = { actor, verb: XAPI.Verbs.COMPLETED, object: { id: query.get('activity_id') },
  context: { registration: query.get('registration') } };
await xapi.sendStatement({ statement });
const other = { ...statement, actor: { mbox: 'mailto:someone.else@example.org' } };
await assert.rejects(xapi.sendStatement({ statement: other }), (error) => error.response.status === 403);
