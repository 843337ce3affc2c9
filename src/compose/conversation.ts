/** Puts the conversation together: every rule of `crm/`, on one store. */
import type { Tools } from "../commands/quick-action.js";
import type { ConfigLoader } from "../config/loader.js";
import type { Accounts } from "../conversation/accounts.js";
import { createConversation, type ConversationDoor } from "../conversation/index.js";
import type { Rationing } from "../conversation/owed.js";
import { createMemberships } from "../conversation/memberships.js";
import { createReplyStore } from "../conversation/reply-store.js";
import { createTriage } from "../conversation/triage.js";
import { createAudit } from "../crm/audit.js";
import { createContacts } from "../crm/contacts.js";
import { createErasures } from "../crm/erase.js";
import { createIssueLabels } from "../crm/issue-labels.js";
import { createIssues } from "../crm/issues.js";
import { createLinks } from "../crm/links.js";
import { createMerges } from "../crm/merge.js";
import { createOrganizations } from "../crm/organizations.js";
import { contactShelf, organizationShelf } from "../crm/record-shelves.js";
import { createRecords } from "../crm/records.js";
import { createWishes } from "../crm/wishes.js";
import type { Watch } from "../metrics/watch.js";
import type { GitHub } from "../github/github.js";
import type { Parser } from "../quick-actions/index.js";
import type { Store } from "../store/store.js";
import { createOrganizationSuggester } from "../suggest/organizations.js";
import { createSuggester, rankContacts } from "../suggest/suggester.js";
import { watchedSuggester } from "./watching.js";

/** The rooms that the conversation shares with the rest of the app. */
export interface SharedRooms {
  readonly github: GitHub;
  readonly parser: Parser;
  readonly loader: ConfigLoader;
  readonly accounts: Accounts;
  readonly rationing?: Rationing | undefined;
}

/** Everything an event needs on its way from text to reply, on an open store. */
export function composeConversation(
  store: Store,
  rooms: SharedRooms,
  now: () => Date,
  watch?: Watch,
): ConversationDoor {
  const contacts = createContacts(store, now);
  const organizations = createOrganizations(store, now);
  const unwatched = createSuggester(store, { now });
  const suggester = watch ? watchedSuggester(unwatched, watch) : unwatched;
  const issues = createIssues(store, now);
  const audit = createAudit(store, now);
  const links = createLinks(store, now);
  const wishes = createWishes(store);
  const tools: Tools = {
    contacts,
    organizations,
    links,
    issues,
    audit,
    records: createRecords(
      { contacts: contactShelf(contacts), organizations: organizationShelf(organizations) },
      audit,
    ),
    merges: createMerges(store, now),
    erasures: createErasures(store, now),
    wishes,
    suggestOrganizations: createOrganizationSuggester(store),
    suggest: (source, query, options) => suggester.suggest(source, query, options),
    rank: rankContacts,
  };
  return createConversation({
    ...rooms,
    installation: (id, fence) => rooms.github.installation(id, fence),
    memberships: createMemberships(now),
    triage: createTriage(now),
    issueLabels: createIssueLabels(store),
    replies: createReplyStore(store, now),
    tools,
    lookups: {
      contactsByNumbers: (source, numbers) => contacts.byNumbers(source, numbers),
      organizationsByNumbers: (source, numbers) => organizations.byNumbers(source, numbers),
      issuesByIds: (ids) => issues.byIds(ids),
      remarks: (issue, source) => links.remarks(issue, source),
      wishesByIds: (source, ids) => wishes.byIds(source, ids),
    },
    now,
  });
}
