import { programOnPath } from '@farwatch/testkit';

/** @throws Error that says what to install, when this machine lacks the program */
export const program = (name: string, debianPackage: string): string => {
  const path = programOnPath(name);
  if (path === null) throw new Error(`${name} is not installed: apt-get install ${debianPackage}`);
  return path;
};
