using System.CommandLine;
using System.CommandLine.Completions;
using Slipway.Cli.Running;
using Slipway.Cli.Settings;
using Slipway.Client;

namespace Slipway.Cli.Completion;

/// <summary>Names the server knows, for completions: asked once, given up quickly, silent when it does not work.</summary>
internal static class KnownNames
{
    private const int DefaultSeconds = 2;

    public static async Task<IEnumerable<string>> Services(SlipwayClient client, CancellationToken cancellation) =>
        (await client.Services.ListAsync(cancellation)).Select(s => s.Name.Value);

    public static async Task<IEnumerable<string>> Environments(SlipwayClient client, CancellationToken cancellation) =>
        (await client.Environments.ListAsync(cancellation)).Select(e => e.Name.Value);

    public static async Task<IEnumerable<string>> Connections(SlipwayClient client, CancellationToken cancellation) =>
        (await client.Connections.ListAsync(cancellation)).Select(c => c.Name);

    public static async Task<IEnumerable<string>> ConnectionTypes(SlipwayClient client, CancellationToken cancellation) =>
        (await client.Connections.ListTypesAsync(cancellation)).Select(t => t.Name);

    public static Argument<T> Completing<T>(
        this Argument<T> argument, Surroundings surroundings, Func<SlipwayClient, CancellationToken, Task<IEnumerable<string>>> ask)
    {
        argument.CompletionSources.Clear();
        argument.CompletionSources.Add(context => IsGiven(context, argument) ? [] : Ask(surroundings, ask));
        return argument;
    }

    public static Option<T> Completing<T>(
        this Option<T> option, Surroundings surroundings, Func<SlipwayClient, CancellationToken, Task<IEnumerable<string>>> ask)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(_ => Ask(surroundings, ask));
        return option;
    }

    /// <summary>It stands there already; what is being completed is another word.</summary>
    private static bool IsGiven(CompletionContext context, Argument argument) =>
        context.ParseResult.GetResult(argument) is { Tokens: [var token, ..] } && token.Value != context.WordToComplete;

    /// <summary>Completion sources are synchronous by their contract; nothing else runs in this process meanwhile.</summary>
    private static IEnumerable<string> Ask(Surroundings surroundings, Func<SlipwayClient, CancellationToken, Task<IEnumerable<string>>> ask)
    {
        try
        {
            var seconds = int.TryParse(surroundings.Variable("SLIPWAY_COMPLETION_SECONDS"), out var given) ? given : DefaultSeconds;
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
            using var client = new SlipwayClient(Connection.Choose(surroundings, null, null) with { RetryAfter = [] });
            return Task.Run(() => ask(client, patience.Token)).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is StopException or ApiException or ServerUnreachableException or OperationCanceledException)
        {
            return [];
        }
    }
}
