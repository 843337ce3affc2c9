/** The package ships no types: its default export is the list of domains, in lower case. */
declare module "email-providers" {
  const domains: readonly string[];
  export default domains;
}
