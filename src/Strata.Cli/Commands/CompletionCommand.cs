using System.CommandLine;

namespace Strata.Cli.Commands;

/// <summary><c>strata completion</c>: a script that lets a shell ask this program what may come next.</summary>
internal static class CompletionCommand
{
    public static readonly CommandFactory Entry = new("completion", "Prints a script for shell completion.", Create, "SHELL");

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bash"] = """
            _strata() {
                local IFS=$'\n'
                local line="${COMP_LINE:0:COMP_POINT}"
                COMPREPLY=($(compgen -W "$(strata "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _strata strata
            """,
        ["zsh"] = """
            #compdef strata
            _strata() {
                local -a found
                found=("${(@f)$(strata "[suggest:${#LBUFFER}]" "$LBUFFER" 2>/dev/null)}")
                [[ -n "$found" ]] && compadd -a found
                _files
            }
            compdef _strata strata
            """,
        ["fish"] = """
            function __strata_complete
                set -l line (commandline -cp)
                strata "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c strata -a '(__strata_complete)'
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName strata -ScriptBlock {
                param($word, $line, $cursor)
                strata "[suggest:$cursor]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
    };

    private static ExampleCommand Create(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", Scripts.Keys), HelpName = "SHELL" };
        shell.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. Scripts.Keys]);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "eval \"$(strata completion bash)\"      # in ~/.bashrc",
                "eval \"$(strata completion zsh)\"       # in ~/.zshrc, after compinit",
                "strata completion fish > ~/.config/fish/completions/strata.fish",
                "strata completion pwsh | Out-String | Invoke-Expression   # in $PROFILE",
            ],
        };
        command.Add(shell);
        command.SetAction(result => terminal.Text.WriteLine(Scripts[result.GetRequiredValue(shell)]));
        return command;
    }
}
