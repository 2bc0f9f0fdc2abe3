// What this device keeps, one database a person: what one inspector keeps here, nobody else's sign-in opens.

const PREFIX = "waystation-offline-";
const STORES = [
  ["kept"],
  ["inspections", { keyPath: "id" }],
  ["photos", { keyPath: "id" }],
  ["entries", { keyPath: "number", autoIncrement: true }],
  ["charts", { keyPath: "address" }],
];
const VERSION = 2;

/** The person's database; made where there is none. */
export function open(user) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(PREFIX + user, VERSION);
    asked.onupgradeneeded = () => {
      for (const [name, options] of STORES) {
        if (!asked.result.objectStoreNames.contains(name)) asked.result.createObjectStore(name, options);
      }
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
}

/** Run `work(stores)` in one transaction; resolves with its result once everything is on disk, or nothing is. */
export function transact(database, names, mode, work) {
  return new Promise((resolve, reject) => {
    // "strict": an answer is only shown as kept when the power may go.
    const transaction = database.transaction(names, mode, { durability: "strict" });
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    let result;
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
    Promise.resolve(work(stores)).then(
      (found) => {
        result = found;
      },
      (error) => {
        reject(error);
        transaction.abort();
      },
    );
  });
}

/** The answer of one request within a transaction. */
export function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Everything in one store, in the order of its key. */
export function all(database, name) {
  return transact(database, [name], "readonly", (stores) => asked(stores[name].getAll()));
}

/** One row. */
export function one(database, name, key) {
  return transact(database, [name], "readonly", (stores) => asked(stores[name].get(key)));
}

/** Nothing is kept any more, the passphrase neither. */
export function clear(database) {
  const names = [...database.objectStoreNames];
  return transact(database, names, "readwrite", (stores) => names.forEach((name) => stores[name].clear()));
}

/** The person's database is gone, with all in it. */
export function forget(user) {
  return new Promise((resolve, reject) => {
    const going = indexedDB.deleteDatabase(PREFIX + user);
    going.onsuccess = () => resolve();
    going.onerror = () => reject(going.error);
  });
}
