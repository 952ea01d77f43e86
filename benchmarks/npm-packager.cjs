// Packages a folder by simple-scorm-packager and prints the seconds that it took, without starting Node and loading.
// Usage: node npm-packager.cjs <folder of the module> <source> <output>
const [, , packager, source, outputFolder] = process.argv
const scopackager = require(packager)
console.log = () => {}
const start = process.hrtime.bigint()
scopackager(
  { version: '1.2', title: 'Trial', identifier: 'trial', source, startingPage: 'module-1/index.html',
    package: { zip: true, name: 'trial', version: '1.0.0', outputFolder } },
  () => process.stdout.write(String(Number(process.hrtime.bigint() - start) / 1e9)),
)
