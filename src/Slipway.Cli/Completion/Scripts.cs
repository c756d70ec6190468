namespace Slipway.Cli.Completion;

/// <summary>The scripts. Each hands the line and the cursor to slipway, which knows the rest.</summary>
internal static class Scripts
{
    private const string Bash = """
        _slipway() {
            local word="${COMP_WORDS[COMP_CWORD]}" line
            COMPREPLY=()
            while IFS= read -r line; do
                [[ -n $line && $line == "$word"* ]] && COMPREPLY+=("$line")
            done < <(slipway "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)
        }
        complete -o default -F _slipway slipway
        """;

    private const string Zsh = """
        #compdef slipway
        _slipway() {
            local -a names
            names=("${(@f)$(slipway "[suggest:${#${(pj: :)words[1,CURRENT]}}]" "${(pj: :)words}" 2>/dev/null)}")
            names=(${names:#})
            if (( ${#names} )); then compadd -a names; else _files; fi
        }
        compdef _slipway slipway
        """;

    private const string Fish = """
        function __slipway_complete
            set -l line (commandline -cp)
            slipway "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c slipway -a '(__slipway_complete)'
        """;

    public static string For(string shell) => shell switch
    {
        "zsh" => Zsh,
        "fish" => Fish,
        _ => Bash,
    };
}
