// The given names and surnames of npm @faker-js/faker (MIT), unpacked into a folder, as one JSON document:
//     node faker_names.mjs DIR/package > names.json
import { pathToFileURL } from 'node:url'

const { allLocales } = await import(pathToFileURL(`${process.argv[2]}/dist/index.js`))
const listed = (names) => (Array.isArray(names) ? names : Object.values(names ?? {}).flat())
const strings = (names) => [...new Set(listed(names).filter((name) => typeof name === 'string'))]
const rows = Object.entries(allLocales).map(([locale, { person = {} }]) => [
  locale,
  { given: strings(person.first_name), family: strings(person.last_name) },
])
console.log(JSON.stringify(Object.fromEntries(rows)))
