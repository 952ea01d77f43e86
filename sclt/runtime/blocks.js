/**
 * Which function brings which kind of block to life. The scripts in blocks/ join in here; a package has those of the
 * kinds that its pages show.
 *
 * @import { Course } from './declarations/course.js'
 * @import { Session } from './store.js'
 * @import { Part } from './view.js'
 */
/** @type {Record<string, (element: Part, session: Session, course: Course) => void>} */
export const BLOCKS = {};
