// Judges statements, one JSON text a line, with xapi-validation; answers for each what it found: kind and place.
const readline = require('node:readline')
const validate = require('xapi-validation').default

readline.createInterface({ input: process.stdin }).on('line', line => {
  console.log(JSON.stringify(judge(JSON.parse(line))))
})

function judge(statement) {
  try {
    return validate(statement).map(fault => [fault.name, fault.path.slice(1).join('/')])
  } catch (error) {
    return [['Thrown', error.message]]
  }
}
