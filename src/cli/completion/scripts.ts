/** The script that makes a shell ask `myriad __complete` what a word can become. */
export function completionScript(shell: 'bash' | 'zsh'): string {
  return shell === 'bash' ? bash : zsh
}

const bash = `# bash completion of myriad: source <(myriad completion bash)
_myriad() {
  local line IFS=$'\\n'
  COMPREPLY=()
  while read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(myriad __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  # What goes on with a name or a value is not followed by a space.
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[/=] ]] && compopt -o nospace
}
complete -o default -F _myriad myriad
`

const zsh = `#compdef myriad
# zsh completion of myriad: source <(myriad completion zsh)
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
_myriad() {
  local line value
  local -a values descriptions going
  for line in "\${(@f)$(myriad __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -z $line ]] && continue
    value=\${line%%$'\\t'*}
    if [[ $value == *[/=] ]]; then
      going+=("$value")
    else
      values+=("$value")
      [[ $line == *$'\\t'* ]] && descriptions+=("$value  -- \${line#*$'\\t'}") || descriptions+=("$value")
    fi
  done
  if (( \${#values} + \${#going} == 0 )); then
    _files
    return
  fi
  (( \${#going} )) && compadd -S '' -- "\${going[@]}"
  (( \${#values} )) && compadd -l -d descriptions -- "\${values[@]}"
}
compdef _myriad myriad
`
