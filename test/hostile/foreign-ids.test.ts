/**
 * Another account's ids in every argument of every quick action, and in ticks: numbers of its contacts
 * and organizations, its addresses and names, its comments and replies. Nothing of it is told, nothing
 * in it is changed, and the answer is the one that numbers get which nobody has.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { quickActions } from "../../src/commands/index.js";
import { createContacts } from "../../src/crm/contacts.js";
import { createOrganizations } from "../../src/crm/organizations.js";
import type { Comment, Delivery, Issue } from "../../src/sandbox/github/index.js";
import type {
  ContactDocument,
  EventDocument,
  IssueDocument,
  OrganizationDocument,
} from "../../src/store/documents.js";
import { openHouse, type House } from "../e2e/house.js";
import { engines } from "../support/stores.js";
import { sendAndSettle, unheard } from "./sending.js";

const rivalId = 3001;
const secret = /Secret|Partnercustomer|rival\.example|Hidden Works/i;

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  /** A number that only the rival's contact has, and one that only its organization has. */
  let numbers: { readonly contact: number; readonly organization: number };
  beforeAll(async () => {
    house = await openHouse({ engine });
    numbers = await furnishRival();
  });
  afterAll(() => house.close());

  async function furnishRival() {
    const { world, store } = house;
    const rival = world.organization("rival", { id: rivalId, owners: [world.sample.people.sam] });
    world.install(world.sample.people.sam, rival, { id: 7002 });
    await house.settle();
    const source = { account: rivalId, group: "" };
    for (let at = 1; at < 60; at += 1)
      await createContacts(store).create(source, { firstName: `Other${at}`, lastName: "Secret" });
    const organization = await createOrganizations(store).create(source, { name: "Hidden Works" });
    const person = { firstName: "Secret", lastName: "Partnercustomer", email: "s@rival.example" };
    const contact = await createContacts(store).create(source, person);
    if (contact.type !== "created" || organization.type !== "created") throw new Error("not created");
    return { contact: contact.contact.number, organization: organization.organization.number };
  }

  const ofRival = async () => {
    const its = { account: rivalId };
    const all = { sort: { account: 1, group: 1, number: 1 }, limit: 100 } as const;
    return [
      await house.store.collection<ContactDocument>("contacts").find({ ...its, group: "" }, all),
      await house.store.collection<OrganizationDocument>("organizations").find({ ...its, group: "" }, all),
      await house.store.collection<EventDocument>("events").count(its, { limit: 100 }),
      await house.store.collection<IssueDocument>("issues").count(its, { limit: 100 }),
    ];
  };

  /** The rival's own things, in every form in which an argument can name them. */
  const arguments_ = (): readonly string[] => [
    `[contact:${numbers.contact}]`,
    `[organization:${numbers.organization}]`,
    "s@rival.example",
    "[contact:Secret Partnercustomer]",
    '[organization:"Hidden Works"]',
    `[contact:${rivalId}:${numbers.contact}]`,
    `[contact:rival/${numbers.contact}]`,
    `1 [contact:1] [contact:${numbers.contact}]`,
    `[contact:2] organization:"Hidden Works" phone:${numbers.contact}`,
  ];

  describe("a tick", () => {
    const openIssue = () =>
      house.world.openIssue(house.world.sample.people.pia, house.world.sample.helpdesk, "Ticked");

    /** A reply with boxes on an issue of acme, and its comment. */
    async function offered(issue: Issue): Promise<Comment> {
      await house.say(house.world.sample.people.pia, issue, "/add_contacts [contact:Jnae Doe]");
      const comment = house.replyComments(issue).at(-1);
      if (comment === undefined) throw new Error("no reply");
      return comment;
    }

    /** The delivery of a tick in the first box, not heard by the app. */
    function tick(comment: Comment): Delivery {
      const { world } = house;
      const [delivery] = unheard(house, () =>
        world.editComment(world.sample.people.dana, comment, comment.body.replace("- [ ]", "- [x]")),
      );
      if (delivery === undefined) throw new Error("no delivery");
      return delivery;
    }

    interface Ticked {
      repository: { id: number; owner: { id: number; login: string } };
      installation: { id: number };
      issue: { id: number; number: number };
      comment: { id: number; body: string };
    }

    const forgeries: readonly (readonly [string, (payload: Ticked, other: Comment) => void])[] = [
      [
        "that says the reply is another account's",
        ({ repository, installation }) => {
          repository.owner.id = rivalId;
          repository.owner.login = "rival";
          installation.id = 7002;
        },
      ],
      ["with the id of a comment that is no reply", ({ comment }) => (comment.id = 40_001)],
      ["with the id of a comment that is not there", ({ comment }) => (comment.id = 987_654)],
      [
        "with another number of boxes",
        ({ comment }) => (comment.body = comment.body.replace(/^- \[.\].*$/m, "$&\n$&\n$&")),
      ],
      [
        "with another contact in the box",
        ({ comment }) => (comment.body = comment.body.replace(/contact 1\b/, `contact ${numbers.contact}`)),
      ],
      [
        "with the text of another reply",
        ({ comment }, other) => (comment.body = other.body.replace("- [ ]", "- [x]")),
      ],
      [
        "with the marker of another reply",
        ({ comment }) =>
          (comment.body = comment.body.replace(/liaison:reply:[^ ]*/, `liaison:reply:${rivalId}:1:1:1`)),
      ],
    ];

    test.each(forgeries)("%s does nothing", async (_, forge) => {
      const [issue, another] = [openIssue(), openIssue()];
      const comment = await offered(issue);
      const other = await offered(another);
      const before = await ofRival();
      const delivery = tick(comment);
      forge(delivery.payload as unknown as Ticked, other);
      expect(await sendAndSettle(house, delivery.payload, delivery)).toBe(202);
      expect([await house.linked(issue), await house.linked(another)]).toEqual([[], []]);
      expect(await ofRival()).toEqual(before);
      expect(
        house
          .replyComments(issue)
          .map(({ body }) => body)
          .join("\n"),
      ).not.toMatch(secret);
    });

    test("as it is, would have done it", async () => {
      const issue = openIssue();
      const delivery = tick(await offered(issue));
      expect(await sendAndSettle(house, delivery.payload, delivery)).toBe(202);
      expect(await house.linked(issue)).toEqual([1]);
    });
  });

  test.each(quickActions.map(({ name }) => name))("/%s tells nothing and changes nothing", async (name) => {
    const { world } = house;
    const before = await ofRival();
    const issue = world.openIssue(world.sample.people.olivia, world.sample.helpdesk, "Curious");
    const lines = arguments_().map((argument) => `/${name} ${argument}`);
    world.comment(world.sample.people.olivia, issue, lines.join("\n"));
    await house.settle();
    const replies = house.replies(issue);
    expect(replies.length).toBeGreaterThan(0);
    // What was typed is shown in excerpts only, addresses never; a new organization is offered by its typed name.
    const told = replies.join("\n").replace(/^(`{3,})text\n[^]*?\n\1$/gm, "");
    expect(told).not.toMatch(/rival\.example|Partnercustomer/);
    expect(await ofRival()).toEqual(before);
    expect((await house.linked(issue)).filter((number) => number === numbers.contact)).toEqual([]);
  });
});
