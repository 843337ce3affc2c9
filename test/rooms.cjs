/**
 * The house rules of src/ as dependency-cruiser checks them: one-way imports, no circles, rooms
 * that know only what is below them.
 */
const only = (room, ...allowed) => ({
  name: `${room}-imports`,
  comment: `${room}/ may import only ${allowed.join(", ") || "nothing of ours"}`,
  severity: "error",
  from: { path: `^src/${room}/` },
  // Everybody may speak of what is kept: store/documents.ts holds types and the schema, no engine.
  to: { path: "^src/", pathNot: `^src/((${[room, ...allowed].join("|")})/|store/documents\\.ts$)` },
});

module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "one-door-to-the-language",
      comment: "quick-actions/index.ts is the only door",
      severity: "error",
      from: { pathNot: "^src/quick-actions/" },
      to: { path: "^src/quick-actions/", pathNot: "^src/quick-actions/index\\.ts$" },
    },
    only("quick-actions"),
    only("store"),
    only("metrics"),
    {
      ...only("doctor", "config", "github", "intake", "store", "settings.ts"),
      to: { path: "^src/", pathNot: "^src/((doctor|config|github|intake|store)/|settings\\.ts$)" },
    },
    only("crm", "store"),
    only("config", "crm", "store"),
    only("suggest", "crm", "store"),
    only("github"),
    only("commands", "quick-actions", "crm", "suggest", "config"),
    only("replies", "commands", "quick-actions", "crm", "config"),
    only(
      "conversation",
      "replies",
      "commands",
      "quick-actions",
      "crm",
      "suggest",
      "config",
      "github",
      "store",
    ),
    only("intake", "conversation", "quick-actions", "config", "github", "store"),
    only("records", "crm", "store"),
    {
      name: "octokit-behind-its-door",
      comment: "only github/, intake/ and the sandbox speak Probot and Octokit",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(github|intake|sandbox)/" },
      to: { path: "node_modules/(probot|@octokit)" },
    },
    {
      name: "no-tests-in-the-app",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^test/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
    },
  },
};
