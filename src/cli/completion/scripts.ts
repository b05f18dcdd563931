/** The script that makes a shell ask `myriad __complete` what a word can become. */
export function completionScript(shell: 'bash' | 'zsh'): string {
  return shell === 'bash' ? bash : zsh
}

const bash = `# bash completion of myriad: source <(myriad completion bash)
_myriad() {
  local line word i count=0 glued= head= IFS=$'\\n'
  local -a words=()
  COMPREPLY=()
  # Bash takes words apart at = and :, and wants no more than the last part of what the word becomes.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $count -gt 0 && -n $word && -z \${word//[=:]/} ]]; then
      words[count - 1]+=$word
      glued=1
      head=\${words[count - 1]}
    elif [[ -n $glued ]]; then
      words[count - 1]+=$word
      glued=
    else
      words[count++]=$word
      head=
    fi
  done
  while read -r line; do
    line=\${line%%$'\\t'*}
    if [[ $line == :files ]]; then
      compopt -o default
    elif [[ $line != "$head" ]]; then
      COMPREPLY+=("\${line#"$head"}")
    fi
  done < <(myriad __complete -- "\${words[@]}" 2>/dev/null)
  # What goes on with a name or a value is not followed by a space.
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[/=] ]] && compopt -o nospace
}
complete -F _myriad myriad
`

const zsh = `#compdef myriad
# zsh completion of myriad: source <(myriad completion zsh)
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
_myriad() {
  local line value
  local -a values descriptions going
  for line in "\${(@f)$(myriad __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -z $line ]] && continue
    if [[ $line == :files ]]; then
      [[ $words[CURRENT] == --*=* ]] && compset -P '*='
      _files
      return
    fi
    value=\${line%%$'\\t'*}
    if [[ $value == *[/=] ]]; then
      going+=("$value")
    else
      values+=("$value")
      [[ $line == *$'\\t'* ]] && descriptions+=("$value  -- \${line#*$'\\t'}") || descriptions+=("$value")
    fi
  done
  (( \${#going} )) && compadd -S '' -- "\${going[@]}"
  (( \${#values} )) && compadd -l -d descriptions -- "\${values[@]}"
}
compdef _myriad myriad
`
