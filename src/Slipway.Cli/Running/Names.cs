using System.CommandLine;
using System.CommandLine.Parsing;
using Slipway.Cli.Completion;
using Slipway.Cli.Output;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Cli.Running;

/// <summary>Arguments and options that are names, parsed into their types at the edge.</summary>
internal static class Names
{
    public static Argument<ServiceName> Service(Surroundings surroundings) =>
        Typed<ServiceName>("service", "The service's name").Completing(surroundings, KnownNames.Services);

    public static Argument<ServiceName?> OptionalService(Surroundings surroundings) =>
        OptionalArgument<ServiceName>("service", "The service's name").Completing(surroundings, KnownNames.Services);

    public static Option<EnvironmentName> Environment(Surroundings surroundings, string name, string description) =>
        new Option<EnvironmentName>(name) { Description = description, HelpName = "environment", Required = true, CustomParser = Parse<EnvironmentName> }
            .Completing(surroundings, KnownNames.Environments);

    public static Option<EnvironmentName?> OptionalEnvironment(Surroundings surroundings, string name, string description) =>
        Optional<EnvironmentName>(name, "environment", description).Completing(surroundings, KnownNames.Environments);

    public static Option<ServiceName?> ServiceOption(Surroundings surroundings) =>
        Optional<ServiceName>("--service", "service", "Only this service").Completing(surroundings, KnownNames.Services);

    public static Argument<DeploymentId> Deployment() => Typed<DeploymentId>("deployment", "The deployment's id: d-…");

    public static Option<string> Reason() => new("--reason") { Description = "Why, for the record", HelpName = "text" };

    public static Argument<T> Typed<T>(string name, string description)
        where T : struct, ITextValue<T> =>
        new(name) { Description = description, HelpName = name, CustomParser = Parse<T> };

    public static Argument<T?> OptionalArgument<T>(string name, string description)
        where T : struct, ITextValue<T> =>
        new(name)
        {
            Description = description,
            HelpName = name,
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => result.Tokens.Count == 0 ? null : Parse<T>(result),
        };

    public static Option<T?> Optional<T>(string name, string helpName, string description)
        where T : struct, ITextValue<T> =>
        new(name) { Description = description, HelpName = helpName, CustomParser = result => Parse<T>(result) };

    public static Option<Duration?> Duration(string name, string description) => Optional<Duration>(name, "30s|5m|2h|7d", description);

    public static Option<int> Count(int fallback) => new("--lines", "-n")
    {
        Description = "How many",
        HelpName = "count",
        DefaultValueFactory = _ => fallback,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, out var count) && count is > 0 and <= 100_000)
                return count;

            result.AddError($"\"{result.Tokens[0].Value}\" is not a number from 1 to 100000.");
            return fallback;
        },
    };

    /// <summary>One of a few words; anything else is refused with all of them.</summary>
    public static void OneOf(this Option<string> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result => RefuseOthers(result, words));
    }

    /// <inheritdoc cref="OneOf(Option{string}, string[])"/>
    public static void OneOf(this Argument<string> argument, params string[] words)
    {
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result => RefuseOthers(result, words));
    }

    private static void RefuseOthers(SymbolResult result, string[] words)
    {
        if (result.Tokens is [var given, ..] && !words.Contains(given.Value))
            result.AddError($"\"{given.Value}\" does not fit. It is one of {string.Join(", ", words)}. {Nearest.Ask(given.Value, words)}".TrimEnd());
    }

    private static T Parse<T>(ArgumentResult result)
        where T : struct, ITextValue<T>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, out var value))
            return value;

        result.AddError($"\"{text}\" does not fit. {T.Rule}");
        return default;
    }
}
