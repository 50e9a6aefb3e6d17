// What browsers have and TypeScript 4.8 does not know of, and what it asks too much of pages that know their own elements.

interface Array<T> {
  findLast(predicate: (value: T, index: number, list: T[]) => unknown, self?: any): T | undefined;
  findLastIndex(predicate: (value: T, index: number, list: T[]) => unknown, self?: any): number;
  toSorted(compare?: (one: T, other: T) => number): T[];
}

interface ReadonlyArray<T> {
  findLast(predicate: (value: T, index: number, list: readonly T[]) => unknown, self?: any): T | undefined;
}

interface TrustedTypePolicy {
  createScriptURL(address: string): any;
}

declare var trustedTypes: { createPolicy(name: string, rules: { createScriptURL?(address: string): string }): TrustedTypePolicy } | undefined;

interface Document {
  prerendering?: boolean;
  getElementById(id: string): any;
}

interface ParentNode {
  querySelector(selector: string): any;
  querySelectorAll(selector: string): NodeListOf<any>;
}

interface EventTarget {
  closest(selector: string): any;
  tagName?: string;
  type?: string;
  isContentEditable?: boolean;
}

interface Element {
  readonly dataset: DOMStringMap;
  focus(options?: { preventScroll?: boolean }): void;
}
