/** Where the contacts of a furnished store belong: all to one account. */
export const source = { account: 1, group: "" };
