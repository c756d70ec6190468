const servicePattern = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const most = 50;

/** Which services come and which go. */
export function difference(now: readonly string[], wanted: readonly string[]): { added: string[]; removed: string[] } {
  return {
    added: wanted.filter((service) => !now.includes(service)),
    removed: now.filter((service) => !wanted.includes(service)),
  };
}

export function serviceObjection(services: readonly string[]): string | undefined {
  if (services.length > most) return `An instance runs at most ${most} services.`;
  const wrong = services.find((service) => !servicePattern.test(service));
  return wrong === undefined
    ? undefined
    : `"${wrong}" is no service's name: lower-case letters, digits and dashes, a letter first.`;
}
