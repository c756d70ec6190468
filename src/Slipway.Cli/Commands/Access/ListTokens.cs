using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Contracts;
using Slipway.Contracts.Access;

namespace Slipway.Cli.Commands.Access;

/// <summary>slipway tokens list</summary>
internal sealed class ListTokens(Surroundings surroundings) : SlipwayCommand(surroundings, "list", "The API tokens, without their secrets.")
{
    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellation) => ShowAsync(call, cancellation);

    internal static async Task<int> ShowAsync(Invocation call, CancellationToken cancellation)
    {
        var tokens = await call.Client.Access.ListTokensAsync(cancellation);
        if (call.Json)
        {
            call.WriteJson(new Page<Token> { Items = tokens }, ContractsJson.Default.PageToken);
            return ExitCode.Done;
        }

        var now = call.Time.GetUtcNow();
        var table = new TextTable("ID", "NAME", "SCOPE", "USED", "EXPIRES", "ONLY");
        foreach (var token in tokens)
        {
            table.Add(
                token.Id,
                token.Name,
                token.Scope.ToString().ToLowerInvariant(),
                token.LastUsedAt is { } used ? Words.Ago(now - used) : "never",
                token.ExpiresAt is not { } end ? "never" : end < now ? "expired" : "in " + Words.Left(end - now),
                string.Join(' ', (token.Services ?? []).Select(s => s.Value).Concat((token.Environments ?? []).Select(e => e.Value))));
        }

        call.Out.Write(table.Render(call.Ink, call.Surroundings.IsTerminal ? call.Surroundings.Width : 0));
        return ExitCode.Done;
    }
}
