/**
 * Replaces `$(NAME)` by the variable's value; `$$` stands for `$`; what names no variable stays as it is
 * (Kubernetes third_party/forked/golang/expansion).
 */
export function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$(?:(\$)|\(([^)]*)\))/g, (whole, dollar: string | undefined, name: string | undefined) => {
    if (dollar !== undefined) return '$'
    return variables.get(name ?? '') ?? whole
  })
}
