using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Cli.Output;
using Slipway.Cli.Settings;
using Slipway.Client;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Running;

/// <summary>One run of a command: what was asked, where the answer goes, which server.</summary>
internal sealed class Invocation(ParseResult parse, Surroundings surroundings) : IDisposable
{
    private SlipwayClient? client;

    public Surroundings Surroundings => surroundings;

    public TimeProvider Time => surroundings.Time;

    public TextWriter Out => surroundings.Out;

    public bool Json { get; } = parse.GetValue<bool>(GlobalOptions.Json);

    public Ink Ink { get; } = new(surroundings.IsTerminal && !parse.GetValue<bool>(GlobalOptions.NoColor) && surroundings.Variable("NO_COLOR") is null or "");

    /// <summary>A person looks at the output and wants to see it move.</summary>
    public bool Live => surroundings.IsTerminal && !Json;

    /// <summary>Columns of the terminal; 0 where there is none, and lines may be as long as they are.</summary>
    public int Width => surroundings.IsTerminal ? surroundings.Width : 0;

    public SlipwayClient Client => client ??= new SlipwayClient(
        Connection.Choose(surroundings, parse.GetValue<string>(GlobalOptions.Server), parse.GetValue<string>(GlobalOptions.Token)));

    public T Get<T>(Argument<T> argument) => parse.GetValue(argument)!;

    public T Get<T>(Option<T> option) => parse.GetValue(option)!;

    /// <summary>What stood there, as it was typed; null too where the command takes no such thing.</summary>
    public string? Given(string name)
    {
        for (SymbolResult? at = parse.CommandResult; at is CommandResult { Command: var command }; at = at.Parent)
        {
            if (command.Options.FirstOrDefault(o => o.Name == name) is { } option)
                return parse.GetResult(option) is { Tokens: [var word, ..] } ? word.Value : null;
            if (command.Arguments.FirstOrDefault(a => a.Name == name) is { } argument)
                return parse.GetResult(argument) is { Tokens: [var typed, ..] } ? typed.Value : null;
        }

        return null;
    }

    public ServiceName? GivenService => ServiceName.TryParse(Given("service"), out var service) ? service : null;

    public void Line(string text = "") => Out.Write(text + "\n");

    /// <summary>Beside the result: hints and notes, so that the result alone can be piped.</summary>
    public void Note(string text)
    {
        if (!Json)
            surroundings.Error.Write(text + "\n");
    }

    /// <summary>The result as JSON on one line.</summary>
    public void WriteJson<T>(T value, JsonTypeInfo<T> type) => Line(JsonSerializer.Serialize(value, type));

    public void Dispose() => client?.Dispose();
}
