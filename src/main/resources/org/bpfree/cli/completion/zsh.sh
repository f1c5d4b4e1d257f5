
# Paths of settings go on after a dot, so zsh must not put a blank behind them.
_bpfree_zsh() {
  local before=${words[CURRENT-1]}
  case $PREFIX in
    (--*=*) before=${PREFIX%%=*}; compset -P 1 '*=' ;;
  esac
  case $before in
    @settingOptions@)
      local -a found
      found=(${(f)"$(_bpfree_settings "$PREFIX")"})
      compadd -S '' -a found
      ;;
    @fileOptions@) compadd -- @names@; _files ;;
    (*) _bash_complete -o default -F _complete_bpfree_all ;;
  esac
}
compdef _bpfree_zsh bpfree
