/** The JSON that `liaison parse` prints: the shape of the design, keys in its order. */
import { expect, it } from "@jest/globals";
import { toJson } from "../../src/quick-actions/index.js";
import { parser } from "./parser.js";

it("prints commands and problems with their places, and nothing else", () => {
  const text = 'Hi\n/edit_contact [contact:42] phone:1 "a" b\n/contcats';
  expect(JSON.stringify(toJson(parser.parse(text)))).toBe(
    '{"commands":[{"name":"edit_contact","line":2,"column":1,"arguments":[' +
      '{"type":"reference","kind":"contact","value":"42","open":false,"line":2,"column":15},' +
      '{"type":"field","key":"phone","value":"1","line":2,"column":28},' +
      '{"type":"quoted","value":"a","line":2,"column":36},' +
      '{"type":"word","value":"b","line":2,"column":40}]}],' +
      '"problems":[{"code":"near_miss","line":3,"column":1,' +
      '"message":"There is no quick action of this name. Did you mean /contacts?"}]}',
  );
});
