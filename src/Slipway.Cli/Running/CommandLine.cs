using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Slipway.Cli.Completion;

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

        if (Suggestions.Asks(args))
            return await SuggestAsync(Suggestions.UpToCursor(args), surroundings);

        var parse = Root(args, surroundings).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Action is ParseErrorAction || (parse.Action is HelpAction && parse.UnmatchedTokens.Count > 0))
            return UsageErrors.Report(parse, surroundings);

        if (parse.Action is HelpAction && parse.CommandResult.Parent is null)
        {
            surroundings.Out.Write(RootHelp.Text);
            return ExitCode.Done;
        }

        return await parse.InvokeAsync(Writing(surroundings.Out, surroundings.Error), interrupt);
    }

    private static async Task<int> SuggestAsync(string line, Surroundings surroundings)
    {
        string[] args = [$"[suggest:{line.Length}]", line];
        var root = Root(args, surroundings);
        using var found = new StringWriter();
        await root.Parse(args).InvokeAsync(Writing(found, TextWriter.Null), CancellationToken.None);
        foreach (var word in Suggestions.Tidy(line, found.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), root))
            surroundings.Out.Write(word + "\n");
        return ExitCode.Done;
    }

    private static InvocationConfiguration Writing(TextWriter output, TextWriter error) => new()
    {
        Output = output,
        Error = error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    /// <summary>Only the commands that the words name are built; building all takes longer than running one.</summary>
    private static RootCommand Root(string[] args, Surroundings surroundings)
    {
        var root = new RootCommand("Deploys versions of services, watches them, and takes bad ones back.") { HelpName = "slipway" };
        foreach (var option in root.Options)
        {
            if (option is not HelpOption { Action: HelpAction help })
                continue;

            help.MaxWidth = Math.Min(surroundings.Width, 100);
            option.Description = "Explain the command";
            foreach (var unused in option.Aliases.Where(a => a != "-h").ToList())
                option.Aliases.Remove(unused);
        }

        foreach (var option in GlobalOptions.Create())
            root.Options.Add(option);

        var named = Catalog.Commands.Where(c => args.Contains(c.Name)).ToList();
        foreach (var entry in named.Count > 0 && !Suggestions.Asks(args) ? named : Catalog.Commands)
            root.Subcommands.Add(entry.Create(surroundings));

        return root;
    }
}
