using System.CommandLine;
using Slipway.Cli.Running;

namespace Slipway.Cli.Completion;

/// <summary>Prints the script that teaches a shell slipway's commands, options and names.</summary>
internal sealed class Print : SlipwayCommand
{
    private readonly Argument<string> shell = new("shell") { Description = "bash, zsh or fish", HelpName = "shell" };

    public Print(Surroundings surroundings)
        : base(
            surroundings,
            "completion",
            """
            Print shell completions: commands, options, and names of services and environments.
              bash:  source <(slipway completion bash)          in ~/.bashrc
              zsh:   source <(slipway completion zsh)           in ~/.zshrc, after compinit
              fish:  slipway completion fish | source           in ~/.config/fish/config.fish
            """)
    {
        shell.OneOf("bash", "zsh", "fish");
        Add(shell);
    }

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        call.Out.Write(Scripts.For(call.Get(shell)) + "\n");
        return Task.FromResult(ExitCode.Done);
    }
}
