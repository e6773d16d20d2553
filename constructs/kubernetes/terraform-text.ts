/**
 * Text that Terraform must hand on as it stands. Terraform reads `${` and `%{` in any string as the start of a template
 * (developer.hashicorp.com/terraform/language/expressions/strings, "Escape Sequences"), and dashboards and
 * notification texts are full of the former.
 */
export function literalText(text: string): string {
  // `$&` is what was found: a plain `$$` would mean one dollar to replaceAll.
  return text.replaceAll(/[$%](?=\{)/g, '$&$&');
}
