// One file is sent by one tab at a time: the others would send the same parts, or give up what the first one sends.

/** Another tab of this browser is at it. */
export class Elsewhere extends Error {}

/** What `work` answers. Throws `Elsewhere` at once when another tab works on the same upload; a browser without locks
 *  lets both work, which the server bears. */
export function alone(project, fingerprint, work) {
  if (!navigator.locks) return work();
  return navigator.locks.request(`upload ${project} ${fingerprint}`, { ifAvailable: true }, lock => {
    if (!lock) throw new Elsewhere();
    return work();
  });
}
