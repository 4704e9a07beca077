// Asks two independent verifiers about badges: the Digital Credentials Consortium's verifier-core,
// and Digital Bazaar's vc with its own cryptosuite and status lists.
//
//   node verify.mjs < {"documents": {address: …}, "cases": {name: {"badge": …, "documents": …}}}
//
// prints {name: {said: [by the first, by the second], schema: […]}}: "fine", "refused", "expired",
// "withdrawn" or "list refused", and what is against the schema of Open Badges. What stands in `documents` is all that there is of the web.
// A test tool only: nothing of it is shipped.
import { readFileSync } from 'node:fs';

const { documents, cases } = JSON.parse(readFileSync(0, 'utf8'));
let web = documents;

globalThis.fetch = async (address) => {
  const url = String(address.url ?? address);
  const found = web[url];
  return new Response(JSON.stringify(found ?? {}), {
    status: found ? 200 : 404,
    headers: { 'Content-Type': 'application/vc+ld+json' },
  });
};
console.log = console.error; // what they say beside their answer

const { verifyCredential } = await import('@digitalcredentials/verifier-core');

async function core(credential) {
  const said = await verifyCredential({ credential, knownDIDRegistries: [] });
  if (said.errors) return ['refused', []];
  const against = said.additionalInformation[0].results[0].result.errors ?? [];
  return [verdict(said), against.map((one) => `${one.instancePath} ${one.message}`)];
}

function verdict(said) {
  const step = (id) => said.log.find((one) => one.id === id);
  if (step('revocation_status').error) return 'list refused';
  if (!step('expiration').valid) return 'expired';
  if (!step('revocation_status').valid) return 'withdrawn';
  return step('valid_signature').valid ? 'fine' : 'refused';
}

const bazaar = await (async () => {
  const { DataIntegrityProof } = await import('@digitalbazaar/data-integrity');
  const { cryptosuite } = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
  const vc = await import('@digitalbazaar/vc');
  const { checkStatus } = await import('@digitalbazaar/vc-bitstring-status-list');
  const suite = new DataIntegrityProof({ cryptosuite });

  async function documentLoader(url) {
    const [address, part] = url.split('#');
    const isDid = address.startsWith('did:web:');
    const place = isDid ? `https://${decodeURIComponent(address.slice(8))}/.well-known/did.json` : address;
    let document = web[place];
    if (!document) throw new Error(`not there: ${url}`);
    if (isDid && part) {
      const method = document.verificationMethod.find((one) => one.id === url);
      if (!method) throw new Error(`no such key: ${url}`);
      document = { '@context': 'https://w3id.org/security/multikey/v1', ...method };
    }
    return { contextUrl: null, documentUrl: url, document };
  }

  return async (credential) => {
    const said = await vc.verifyCredential({ credential, suite, documentLoader, checkStatus });
    if (said.statusResult && !said.statusResult.verified) return 'list refused';
    if (!said.verified) return /is after "validUntil"/.test(said.error.message) ? 'expired' : 'refused';
    return said.statusResult.results.some((one) => one.status) ? 'withdrawn' : 'fine';
  };
})();

const answers = {};
for (const [name, each] of Object.entries(cases)) {
  web = { ...documents, ...each.documents };
  const [first, schema] = await core(structuredClone(each.badge));
  answers[name] = { said: [first, await bazaar(structuredClone(each.badge))], schema };
}
process.stdout.write(JSON.stringify(answers));
process.exit(0); // one of them keeps a timer running
