import { suggest } from '../../validation/suggest.ts';

/**
 * A view of data that throws a ReferenceError when a missing key is read, at any depth.
 *
 * @param name - Name of the data in the error message
 */
export function throwOnMissingKey<T extends object>(data: T, name: string): T {
  // A proxy of a frozen object must return its exact values, not views of them. A copy is not frozen.
  return view(structuredClone(data), name);
}

function view<T extends object>(data: T, name: string): T {
  return new Proxy(data, {
    get(target, key, receiver) {
      const value = Reflect.get(target, key, receiver);
      // JavaScript itself looks up symbols and toJSON.
      if (typeof key === 'symbol' || key === 'toJSON') return value;
      if (!(Array.isArray(target) ? key in target : Object.hasOwn(target, key))) {
        const suggestion = suggest(key, Object.keys(target));
        throw new ReferenceError(
          `${name} has no key "${key}"${suggestion === undefined ? '' : `; did you mean "${suggestion}"?`}`,
        );
      }
      return typeof value === 'object' && value !== null ? view(value, `${name}.${key}`) : value;
    },
  });
}
