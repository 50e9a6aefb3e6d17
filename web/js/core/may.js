// What somebody may do with a task, as far as a page can tell. Pure. The gateway decides; this only keeps useless buttons away.

/** Those of the four roles that the gateway comes with. Others may mean anything. */
const known = ["viewer", "analyst", "operator", "admin"];

/** `action`: cancel, submit, answer. With a role that is not known the answer is yes, and the gateway's own word counts. */
export function may(session, action, task) {
  if (!session) return false;
  if (Array.isArray(session.rights)) return session.rights.includes(action);
  const roles = session.roles ?? [];
  if (roles.length === 0 || roles.some((role) => !known.includes(role))) return true;
  if (roles.includes("operator") || roles.includes("admin")) return true;
  const isOwn = action === "answer" || !task?.owner || task.owner === session.principal;
  return roles.includes("analyst") && isOwn;
}
