
# _bpfree_settings TOKEN: every way to go on with the path of a setting, or its value, one a line
_bpfree_settings() {
  [ -z "${ZSH_VERSION-}" ] || emulate -L sh
  local token=$1 key=${1%%=*} last= path words word IFS=' '
  while IFS='|' read -r path words; do
    case $token in
      *=*)
        [ "$path" = "$key" ] || continue
        for word in $words; do
          case $key=$word in "$token"*) printf '%s\n' "$key=$word" ;; esac
        done
        ;;
      *)
        case $path in "$token"*) ;; *) continue ;; esac
        word=${path#"$token"}
        case $word in
          *.*) word=$token${word%%.*}. ;;
          *) word=$path= ;;
        esac
        [ "$word" = "$last" ] || printf '%s\n' "$word"
        last=$word
        ;;
    esac
  done <<'SETTINGS'
@settings@
SETTINGS
}

# As the function above it, and besides: settings, and files beside the names of those that come with bpfree.
_complete_bpfree_all() {
  local line=${COMP_LINE:0:$COMP_POINT} token before head= reply
  token=${line##*[[:space:]]}
  before=${line%"$token"}
  before=${before%"${before##*[![:space:]]}"}
  before=${before##*[[:space:]]}
  case $token in
    --*=*) before=${token%%=*}; head=$before=; token=${token#*=} ;;
  esac
  # Where = breaks words, bash replaces only what follows it.
  case $COMP_WORDBREAKS in *=*) head= ;; esac
  COMPREPLY=()
  case $before in
    @settingOptions@)
      while IFS= read -r reply; do
        case $reply in *[.=]) [ -n "${ZSH_VERSION-}" ] || compopt -o nospace ;; esac
        case $token in *=*) case $COMP_WORDBREAKS in *=*) reply=${reply#*=} ;; esac ;; esac
        COMPREPLY+=("$head$reply")
      done <<REPLIES
$(_bpfree_settings "$token")
REPLIES
      [ -n "${COMPREPLY[0]}" ] || COMPREPLY=()
      return 0
      ;;
    @fileOptions@)
      _bpfree_names_and_files "$head" "$token"
      return 0
      ;;
  esac
  _complete_bpfree "$@"
  case $line in
    @fileCommands@)
      case $before in -*) ;; *) case $token in -*) ;; *) _bpfree_names_and_files '' "$token" ;; esac ;; esac
      ;;
  esac
  return 0
}

_bpfree_names_and_files() {
  local IFS=$'\n'
  [ -n "${ZSH_VERSION-}" ] || compopt -o filenames
  COMPREPLY=($(IFS=' '; compgen -P "$1" -W "@names@" -- "$2"; compgen -P "$1" -f -- "$2"))
}

complete -F _complete_bpfree_all -o default bpfree
