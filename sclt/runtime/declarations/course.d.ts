/**
 * The course's JSON: what `sclt/render/data.py` and `sclt/questions` write into a module's shell and the runtime reads. docs/contract.md,
 * "The data of a course", says what the members mean; tests/unit/contracts/test_types.py holds these types against what is really written.
 * Only declarations: no package has this file.
 */

/** A text by language. */
export type Texts = Record<string, string>;

/** What has a record in a learner's saved state, now and under its earlier identifiers. */
export interface Recorded {
  key: string;
  was: string[];
}

/** What has an identifier and a code that stands for it in the saved state. */
export interface Coded {
  id: string;
  code: string;
}

/** What stands on one side of a matching. */
export interface Side extends Coded {
  text: Texts;
}

/** What can be chosen. `credit` is the share of the points that it earns, where the author says it; what is `fixed` keeps its place. */
export interface Option extends Side {
  correct: boolean;
  credit?: number;
  fixed?: true;
}

/** A text that is right, or whose feedback is foreseen. Where it has wildcards, `parts` are what stands between them. */
export interface Foreseen {
  id: string;
  text: string;
  correct: boolean;
  credit?: number;
  parts?: string[];
}

/** Numbers from `low` to `high`, both included. */
export interface Range {
  id: string;
  low: number;
  high: number;
  correct: boolean;
  credit?: number;
}

export interface TypedGap extends Coded {
  choose: false;
  accepted: Record<string, string[]>;
  options?: undefined;
}

export interface ChosenGap extends Coded {
  choose: true;
  options: Option[];
  accepted?: undefined;
}

export type Gap = TypedGap | ChosenGap;

export interface Step extends Coded {
  /** In per cent; null where the path goes on. */
  score: number | null;
  /** The steps that can be gone to. */
  choices: string[];
  text?: undefined;
}

/** What all questions have. Their further members follow from the shape of a response. */
interface Task extends Recorded {
  page: string;
  type: string;
  scored: boolean;
  points: number;
  /** Fewer than 0 for no limit. */
  retries: number;
  objective: string;
  shuffle: boolean;
  partial: boolean;
  pool?: string;
  text: Texts;
  /** The right answer in words, where marks on what was answered don't show it. */
  answer?: Texts;
}

export interface OptionsQuestion extends Task {
  shape: 'one' | 'many';
  options: Option[];
  answer?: undefined;
}

export interface OrderQuestion extends Task {
  shape: 'order';
  options: Option[];
  answer: Texts;
}

/** A text that is held against those that are accepted. */
export interface TextQuestion extends Task {
  shape: 'text';
  scored: true;
  accepted: Record<string, Foreseen[]>;
  answer: Texts;
  case: boolean;
  max: number;
}

/** A text that nobody judges. */
export interface EssayQuestion extends Task {
  shape: 'text';
  scored: false;
  max: number;
  rows: number;
  accepted?: undefined;
  case?: undefined;
  answer?: undefined;
}

export interface NumberQuestion extends Task {
  shape: 'number';
  ranges: Range[];
  unit: Texts;
  answer?: undefined;
}

export interface PairsQuestion extends Task {
  shape: 'pairs';
  left: Side[];
  right: Side[];
  /** Right sides by left side. */
  pairs: Record<string, string>;
  answer: Texts;
}

export interface GapsQuestion extends Task {
  shape: 'gaps';
  gaps: Gap[];
  answer: Texts;
  case: boolean;
  max: number;
}

/** A scenario: its first step is the start. */
export interface PathQuestion extends Task {
  shape: 'path';
  steps: Step[];
  answer?: undefined;
}

export type Question =
  | OptionsQuestion
  | OrderQuestion
  | TextQuestion
  | EssayQuestion
  | NumberQuestion
  | PairsQuestion
  | GapsQuestion
  | PathQuestion;

export interface Page extends Recorded {
  id: string;
  title: Texts;
  href: Texts;
  /** What the page takes, at least one. */
  minutes: number;
  questions: string[];
  objectives: string[];
  /** What is to be done before a learner goes on; minutes with their number. */
  go_on?: Partial<Record<'answered' | 'passed' | 'opened' | 'watched' | 'minutes', number>>;
  /** What a saved state says by that what was to be opened, watched or read was; nothing where answers tell it. */
  met?: string;
  /** Whether it is on the short way. */
  short?: true;
  /** The place among the course's groups of the one that it is of. */
  group?: number;
}

export interface Objective extends Recorded {
  id: string;
  text: Texts;
}

export interface Pool {
  draw: number;
  questions: string[];
}

export interface Worksheet extends Recorded {
  page: string;
  fields: string[];
  labels: string[];
  /** Whether what is kept is so short that it gets room before what learners write. */
  brief?: true;
}

export interface Term {
  id: string;
  term: Texts;
  /** HTML by language. */
  text: Texts;
}

/** Who made a module and what may be done with it. */
export interface About {
  publisher: Texts;
  rights: Texts;
  authors: string[];
  /** Those who checked the course, where it names any. */
  reviewers?: string[];
  version: string;
}

/** The ways to the authors; `email` is an address in base64, `url` has placeholders. `readers` is empty where nobody says who reads. */
export interface Asking {
  lms: boolean;
  lrs: boolean;
  email: string;
  url: string;
  readers: Texts;
}

/** What was asked before and answered for everybody, at the end of its page; `text` is the answer in plain words. */
export interface Before {
  id: string;
  page: string;
  question: Texts;
  text: Texts;
}

/** What is around a module: where the programme begins and what comes next in it; where a link would lead nowhere there is no address. */
export interface Around {
  home?: string;
  next?: { href?: string; title: Texts };
}

export interface Course {
  format: 1;
  id: string;
  iri: string;
  version: string;
  languages: string[];
  /** Those of them that are written from right to left, where there are any. */
  leftward?: string[];
  title: Texts;
  description: Texts;
  /** The title of the programme that the module belongs to. */
  programme: Texts;
  /** What the module takes. */
  minutes: number;
  about: About;
  /** 0 to 1; null for a module without a mastery score. */
  mastery: number | null;
  /** Nothing by no language where there is no contact. */
  contact: Texts;
  objectives: Objective[];
  pages: Page[];
  /** The titles of the parts of the contents, where there are any. */
  groups?: Texts[];
  /** What a saved state says by that the learner takes the short way, where there is one. */
  short?: string;
  questions: Record<string, Question>;
  pools: Record<string, Pool>;
  worksheets: Record<string, Worksheet>;
  glossary: Term[];
  /** How the authors are consulted, where the course says so. */
  asking?: Asking;
  answers?: Before[];
}
