using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Slipway.Cli.Running;

/// <summary>From words to an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Surroundings surroundings, CancellationToken interrupt)
    {
        if (args is [] or ["--help" or "-h" or "-?" or "help"])
        {
            surroundings.Out.Write(RootHelp.Text);
            return ExitCode.Done;
        }

        if (args is ["--version"])
        {
            surroundings.Out.Write(ProductVersion.Text + "\n");
            return ExitCode.Done;
        }

        var parse = Root(args, surroundings).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Action is ParseErrorAction)
            return UsageErrors.Report(parse, surroundings);

        return await parse.InvokeAsync(
            new InvocationConfiguration
            {
                Output = surroundings.Out,
                Error = surroundings.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            },
            interrupt);
    }

    /// <summary>Only the commands that the words name are built; building all takes longer than running one.</summary>
    private static RootCommand Root(string[] args, Surroundings surroundings)
    {
        var root = new RootCommand("Deploys versions of services, watches them, and takes bad ones back.") { HelpName = "slipway" };
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
                help.MaxWidth = Math.Min(surroundings.Width, 100);
        }

        foreach (var option in GlobalOptions.Create())
            root.Options.Add(option);

        var named = Catalog.Commands.Where(c => args.Contains(c.Name)).ToList();
        var completing = args is [['[', ..], ..];
        foreach (var entry in named.Count > 0 && !completing ? named : Catalog.Commands)
            root.Subcommands.Add(entry.Create(surroundings));

        return root;
    }
}
