/** Every resource by @xapi/xapi. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
const XAPI = createRequire(new URL('../../node/', import.meta.url))('@xapi/xapi').default;

const told = JSON.parse(process.env.TOLD);
const auth = `Basic ${Buffer.from(`${told.key}:${told.secret}`).toString('base64')}`;
const xapi = new XAPI({ endpoint: told.endpoint, auth });
const agent = { objectType: 'Agent', mbox: 'mailto:ona@example.org', name: 'Ona' };
const activityId = 'https://example.org/page';
const fails = (status) => (error) => (error.response?.status ?? error.status) === status;

assert.ok((await xapi.getAbout()).data.version.includes('1.0.3'));

const verb = { id: 'http://adlnet.gov/expapi/verbs/experienced', display: { en: 'experienced' } };
const statement = (n) => ({ actor: agent, verb,
  object: { id: activityId, definition: { name: { en: `Page ${n}`, lt: `Puslapis ${n}` } } } });
const [first] = (await xapi.sendStatement({ statement: statement(0) })).data;
const ids = (await xapi.sendStatements({ statements: [1, 2, 3].map(statement) })).data;
assert.equal(ids.length, 3);
assert.equal((await xapi.getStatement({ statementId: first })).data.actor.name, 'Ona');
const page = (await xapi.getStatements({ agent, verb: verb.id, limit: 3 })).data;
assert.deepEqual(page.statements.map((s) => s.id), [...ids].reverse());
assert.deepEqual((await xapi.getMoreStatements({ more: page.more })).data.statements.map((s) => s.id), [first]);

const [voiding] = (await xapi.voidStatement({ actor: agent, statementId: first })).data;
await assert.rejects(xapi.getStatement({ statementId: first }), fails(404));
assert.equal((await xapi.getVoidedStatement({ voidedStatementId: first })).data.id, first);
assert.equal((await xapi.getStatement({ statementId: voiding })).data.object.id, first);

assert.deepEqual((await xapi.getActivity({ activityId })).data.definition.name, { en: 'Page 3', lt: 'Puslapis 3' });
const person = (await xapi.getAgent({ agent })).data;
assert.deepEqual([person.objectType, person.name, person.mbox], ['Person', ['Ona'], ['mailto:ona@example.org']]);

const state = { agent, activityId, stateId: 'place' };
await xapi.createState({ ...state, state: { page: 1 } });
await xapi.setState({ ...state, state: { page: 2, done: true } });
assert.deepEqual((await xapi.getState(state)).data, { page: 2, done: true });
assert.deepEqual((await xapi.getStates({ agent, activityId })).data, ['place']);
await xapi.deleteState(state);
await assert.rejects(xapi.getState(state), fails(404));

const profile = { agent, profileId: 'likes' };
await xapi.createAgentProfile({ ...profile, profile: { colour: 'green' } });
const { data, headers } = await xapi.getAgentProfile(profile);
assert.deepEqual(data, { colour: 'green' });
await assert.rejects(xapi.setAgentProfile({ ...profile, profile: {}, etag: '"0"', matchHeader: 'If-Match' }), fails(412));
await xapi.setAgentProfile({ ...profile, profile: { colour: 'red' }, etag: headers.etag, matchHeader: 'If-Match' });
assert.deepEqual((await xapi.getAgentProfiles({ agent })).data, ['likes']);
assert.deepEqual((await xapi.getAgentProfile(profile)).data, { colour: 'red' });

// its other adapter sends a type of its own for a body of several parts
const fetching = new XAPI({ endpoint: told.endpoint, auth, adapter: 'fetch' });
const file = new TextEncoder().encode('a file of ten lines').buffer;
const sha2 = createHash('sha256').update(new Uint8Array(file)).digest('hex');
const attachments = [{ usageType: 'http://example.org/file', display: { en: 'A file' }, contentType: 'text/plain', length: 19, sha2 }];
const [attached] = (await fetching.sendStatement({ statement: { ...statement(4), attachments }, attachments: [file] })).data;
const given = (await fetching.getStatement({ statementId: attached, attachments: true })).data;
assert.deepEqual([given[0].id, given[1]], [attached, 'a file of ten lines']);
const other = { statement: { ...statement(5), attachments }, attachments: [new ArrayBuffer(19)] };
await assert.rejects(fetching.sendStatement(other), /SHA-2/); // this adapter tells the words, not the status

const about = { activityId, profileId: 'notes' };
await xapi.createActivityProfile({ ...about, profile: { a: 1 } });
assert.deepEqual((await xapi.getActivityProfile(about)).data, { a: 1 });
await assert.rejects(new XAPI({ endpoint: told.endpoint, auth: 'Basic d3Jvbmc6d3Jvbmc=' }).getStatements(), fails(401));
