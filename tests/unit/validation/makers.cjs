// Makes a package by a packager of npm. Usage: node makers.cjs MAKER EDITION SOURCE OUT
// SOURCE is a folder whose page trees.html is launched; OUT is a folder, in which the package or its folder will lie.
const fs = require('fs')
const path = require('path')
const modules = path.join(__dirname, '..', '..', 'node', 'node_modules')
const load = (name, from = modules) => require(require.resolve(name, { paths: [from] }))
const [, , maker, edition, source, out] = process.argv
const common = { version: edition, startingPage: 'trees.html', masteryScore: 80, source }
console.log = () => {}

const makers = {
  'simple-scorm-packager': () => load('simple-scorm-packager')({
    ...common, title: 'Trees', organization: 'Trees Ltd', identifier: 'trees',
    package: { zip: true, name: 'trees', version: '1.0.0', outputFolder: out },
  }),
  'node-scorm-packager': () => {
    // Its fs-extra opens a stream in a way that Node gave up in version 15; all else is as it is
    load('fs-extra', path.join(modules, 'node-scorm-packager')).createOutputStream = fs.createWriteStream
    load('node-scorm-packager')({
      ...common, title: '3 trees, 2 flowers', organization: 'Trees, Ltd', identifier: '00', destination: out,
    }, () => {})
  },
  'gulp-scorm-manifest': () => {
    // It gives the manifest alone; gulp.dest would lay it beside the files
    const File = load('gulp-util', path.join(modules, 'gulp-scorm-manifest')).File
    const stream = load('gulp-scorm-manifest')({
      version: edition, courseId: 'Trees', SCOtitle: 'Trees', moduleTitle: 'Trees', launchPage: 'trees.html', path: '',
      fileName: 'imsmanifest.xml',
    })
    fs.cpSync(source, out, { recursive: true })
    stream.on('data', made => fs.writeFileSync(path.join(out, 'imsmanifest.xml'), made.contents))
    for (const name of fs.readdirSync(source, { recursive: true })) {
      const file = path.join(source, name)
      if (fs.statSync(file).isFile()) {
        stream.write(new File({ cwd: source, base: source, path: file, contents: fs.readFileSync(file) }))
      }
    }
    stream.end()
  },
}
makers[maker]()
