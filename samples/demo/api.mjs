// Reads one address of the API and prints what an expression makes of the answer: node api.mjs PATH 'answer => answer.status'
const [path, expression] = process.argv.slice(2);
const answer = await fetch(new URL(`/api/v1/${path}`, process.env.SLIPWAY_SERVER), {
  headers: { authorization: `Bearer ${process.env.SLIPWAY_TOKEN}` },
});
const body = await answer.json();
if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${body.code}: ${body.detail ?? body.title}`);
console.log(new Function(`return (${expression})`)()(body));
