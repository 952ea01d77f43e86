/**
 * Which function brings which kind of block to life. A package whose pages have such blocks brings a list of its own,
 * made by sclt/standards/assemble.py from the files in blocks/.
 *
 * @import { Course } from './declarations/course.js'
 * @import { Session } from './store.js'
 * @import { Part } from './view.js'
 */
/** @type {Record<string, (element: Part, session: Session, course: Course) => void>} */
export const BLOCKS = {};
