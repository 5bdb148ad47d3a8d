import { suggest } from '../suggest.ts';

/**
 * A view of data in which a key that is not there throws, at whatever depth.
 *
 * @param name - What the data are called in the message
 */
export function strict<T extends object>(data: T, name: string): T {
  // Proxies must answer for a frozen object exactly as it does; for a copy they need not.
  return view(structuredClone(data), name);
}

function view<T extends object>(data: T, name: string): T {
  return new Proxy(data, {
    get(target, key, receiver) {
      const value = Reflect.get(target, key, receiver);
      // Symbols and toJSON are what the language itself asks for.
      if (typeof key === 'symbol' || key === 'toJSON') return value;
      if (value === undefined && !(key in target)) {
        const near = suggest(key, Object.keys(target));
        throw new ReferenceError(
          `${name} has no key "${key}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
        );
      }
      return typeof value === 'object' && value !== null ? view(value, `${name}.${key}`) : value;
    },
  });
}
