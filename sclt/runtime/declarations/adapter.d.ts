/** What packages carry as adapter.js: one of the files adapter-*.js, by their standard. */
import type { Adapter } from '../store.js';
import type { Course } from './course.js';

export function createAdapter(win: Window, course: Course): Adapter | Promise<Adapter>;
