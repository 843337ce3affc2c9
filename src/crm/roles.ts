/** Roles (DESIGN §5), weakest first. GitLab's `reporter` is our `planner`. */
export const roles = ["none", "guest", "planner", "developer", "maintainer", "owner"] as const;

export type Role = (typeof roles)[number];

/** Does `role` include everything `needed` may do? */
export const atLeast = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);

/** The stronger of two roles. */
export const higher = (a: Role, b: Role): Role => (atLeast(a, b) ? a : b);
