/** A scripted LMS: a plain store of elements that can be told to refuse. */
export function makeLms(prefix, values = {}) {
  const lms = { values: { ...values }, calls: [], refuse: () => null, error: '0', up: true, commits: 0, initialized: true };
  const answer = (code) => {
    lms.error = code ?? '0';
    return code ? 'false' : 'true';
  };
  const down = () => (lms.up ? null : '101');
  const count = (list) => new Set(Object.keys(lms.values).filter((name) => name.startsWith(`${list}.`)).map((name) => name.split('.')[2])).size;
  const api = {
    Initialize: () => (lms.initialized ? answer() : answer('101')),
    GetValue(name) {
      lms.calls.push(['get', name]);
      lms.error = '0';
      if (name.endsWith('._count')) return String(count(name.slice(0, -7)));
      return lms.values[name] ?? '';
    },
    SetValue(name, value) {
      const code = down() ?? lms.refuse(name, value);
      lms.calls.push(['set', name, value]);
      if (!code) lms.values[name] = value;
      return answer(code);
    },
    Commit() {
      lms.commits += 1;
      lms.calls.push(['commit']);
      return answer(down());
    },
    GetLastError: () => lms.error,
  };
  api[prefix ? 'Finish' : 'Terminate'] = () => {
    lms.calls.push(['finish']);
    return answer();
  };
  lms.api = Object.fromEntries(Object.entries(api).map(([name, call]) => [prefix + name, call]));
  lms.names = () => lms.calls.filter(([kind]) => kind === 'set').map(([, name]) => name);
  lms.sets = (name) => lms.calls.filter(([kind, each]) => kind === 'set' && each === name).map(([, , value]) => value);
  return lms;
}

/** A browser's storage, which can be told to refuse. */
export function makeStorage() {
  const items = new Map();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value), removeItem: (key) => items.delete(key),
    key: (n) => [...items.keys()][n] ?? null, get length() { return items.size; }, items };
}
