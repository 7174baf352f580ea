# bash completion for suco.  Verbs and options are asked of `suco help`, so
# they are always those of the program that is installed.
_suco()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local verb= word i
	local globals="--desk --lang --as --json --csv"

	case $prev in
	--desk | --input | -o)
		compopt -o default
		return
		;;
	--lang)
		COMPREPLY=($(compgen -W "vi en" -- "$cur"))
		return
		;;
	--kind)
		COMPREPLY=($(compgen -W \
			"hardware software attack link power other" -- "$cur"))
		return
		;;
	esac
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		case $word in
		--desk | --lang | --as) ((i++)) ;;
		-*) ;;
		*)
			verb=$word
			break
			;;
		esac
	done
	if [[ -z $verb ]]; then
		COMPREPLY=($(compgen -W "$globals $(suco --lang en help 2>/dev/null |
			sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p')" -- "$cur"))
	elif [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$globals $(suco --lang en help "$verb" 2>/dev/null |
			grep -o -- '--[a-z][a-z-]*')" -- "$cur"))
	else
		compopt -o default
	fi
}
complete -F _suco suco
