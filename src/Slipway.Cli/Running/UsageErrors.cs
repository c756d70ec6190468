using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Slipway.Cli.Output;
using Slipway.Contracts;

namespace Slipway.Cli.Running;

/// <summary>Words that make no sense: says which, what may have been meant, and where it is explained.</summary>
internal static class UsageErrors
{
    public static int Report(ParseResult parse, Surroundings surroundings)
    {
        var path = Path(parse.CommandResult);
        var what = What(parse);
        var next = $"slipway{path} --help explains it.";
        if (parse.Tokens.Any(t => t.Value == GlobalOptions.Json))
        {
            var problem = new ApiProblem { Title = "Wrong usage.", Code = "usage", Detail = $"{what} {next}" };
            surroundings.Error.Write(JsonSerializer.Serialize(problem, ContractsJson.Default.ApiProblem) + "\n");
        }
        else
        {
            Failures.Write(surroundings, what, next);
        }

        return ExitCode.Usage;
    }

    private static string What(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var isRoot = parse.CommandResult.Parent is null;
        if (parse.Tokens.FirstOrDefault(t => t.Type == TokenType.Argument && t.Value is ['-', not '\0', ..]) is { } option)
            return Unknown("option", option.Value, Options(parse.CommandResult));

        if (parse.UnmatchedTokens is [var word, ..])
        {
            return isRoot ? Unknown("command", word, Catalog.Commands.Select(c => c.Name))
                : command.Subcommands.Count > 0 ? Unknown("command", word, command.Subcommands.Select(c => c.Name))
                : $"\"{word}\" is one word too many.";
        }

        if (command.Subcommands.Count > 0 && command.Action is null)
            return $"Which one? {string.Join(", ", command.Subcommands.Select(c => c.Name))}.";

        return Missing(parse, command) ?? (parse.Errors[0] is { SymbolResult: OptionResult { Tokens.Count: 0, Option: var silent } }
            ? $"{silent.Name} needs a value."
            : parse.Errors[0].Message);
    }

    private static string Unknown(string kind, string word, IEnumerable<string> known) =>
        $"There is no {kind} \"{word}\" here. {Nearest.Ask(word, known)}".TrimEnd();

    private static string? Missing(ParseResult parse, Command command)
    {
        var argument = command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0 && (parse.GetResult(a)?.Tokens.Count ?? 0) == 0);
        var option = command.Options.FirstOrDefault(o => o.Required && (parse.GetResult(o)?.Implicit ?? true));
        return argument is not null ? $"<{argument.Name}> is missing." : option is not null ? $"{option.Name} is missing." : null;
    }

    private static IEnumerable<string> Options(CommandResult result)
    {
        for (SymbolResult? at = result; at is CommandResult command; at = at.Parent)
        {
            foreach (var option in command.Command.Options.Where(o => !o.Hidden))
                yield return option.Name;
        }
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? Path(parent) + " " + result.Command.Name : "";
}
