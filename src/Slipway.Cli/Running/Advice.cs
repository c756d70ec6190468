using Slipway.Cli.Output;
using Slipway.Client;
using Slipway.Contracts;

namespace Slipway.Cli.Running;

/// <summary>What to do next about a refusal of the server, where the server does not say it itself.</summary>
internal static class Advice
{
    public static async Task<string?> ForAsync(ApiProblem problem, Invocation call, CancellationToken cancellation)
    {
        var lines = new List<string>();
        foreach (var (place, messages) in problem.Errors ?? new Dictionary<string, string[]>())
            lines.AddRange(messages.Where(m => m != problem.Detail).Select(m => place.Length > 0 ? $"{place}: {m}" : m));

        if (problem.Status == 404 && !problem.Detail.Contains("ou mean", StringComparison.Ordinal))
            lines.AddIfSome(await SuggestAsync(problem, call, cancellation));

        if (problem.Status == 401 && !problem.Detail.Contains("SLIPWAY_TOKEN", StringComparison.Ordinal))
            lines.Add("Run slipway login with a valid token, or set SLIPWAY_TOKEN.");

        if (problem.Status is >= 500 and not 507)
            lines.Add("Try again; if it stays, look at the server's own log.");

        return lines.Count > 0 ? string.Join('\n', lines) : null;
    }

    /// <summary>The names that exist and are like one of those that were given.</summary>
    private static async Task<string?> SuggestAsync(ApiProblem problem, Invocation call, CancellationToken cancellation)
    {
        try
        {
            return problem.Code switch
            {
                "service_not_found" => await AskServicesAsync(call, cancellation),
                "environment_not_found" => await AskEnvironmentsAsync(call, cancellation),
                "target_not_found" => await AskServicesAsync(call, cancellation) ?? await AskEnvironmentsAsync(call, cancellation),
                "version_not_found" => await AskVersionsAsync(call, cancellation),
                "connection_not_found" => await AskConnectionsAsync(call, cancellation),
                _ => null,
            };
        }
        catch (Exception e) when (e is ApiException or ServerUnreachableException)
        {
            // A suggestion is a courtesy; the refusal itself is what matters.
            return null;
        }
    }

    private static async Task<string?> AskServicesAsync(Invocation call, CancellationToken cancellation)
    {
        if (call.Given("service") is not { } typed)
            return null;

        var names = (await call.Client.Services.ListAsync(cancellation)).Select(s => s.Name.Value).ToList();
        return names.Contains(typed) ? null : Nearest.Ask(typed, names) ?? "slipway status shows which there are.";
    }

    private static async Task<string?> AskEnvironmentsAsync(Invocation call, CancellationToken cancellation)
    {
        var names = (await call.Client.Environments.ListAsync(cancellation)).Select(e => e.Name.Value).ToList();
        var wrong = new[] { call.Given("--to"), call.Given("--in"), call.Given("--from") }.FirstOrDefault(n => n is not null && !names.Contains(n));
        return wrong is null ? null : Nearest.Ask(wrong, names) ?? "slipway environments shows which there are.";
    }

    private static async Task<string?> AskVersionsAsync(Invocation call, CancellationToken cancellation)
    {
        if ((call.Given("version") ?? call.Given("--to-version")) is not { } typed || call.GivenService is not { } service)
            return null;

        var versions = await call.Client.Versions.ListAsync(service, branch: null, 50, cancellation);
        return Nearest.Ask(typed, versions.Items.Select(v => v.Version.Value)) ?? $"slipway versions {service} shows which there are.";
    }

    private static async Task<string?> AskConnectionsAsync(Invocation call, CancellationToken cancellation)
    {
        var names = (await call.Client.Connections.ListAsync(cancellation)).Select(c => c.Name);
        return (call.Given("name") is { } typed ? Nearest.Ask(typed, names) : null) ?? "slipway connections shows which there are.";
    }

    private static void AddIfSome(this List<string> lines, string? line)
    {
        if (line is not null)
            lines.Add(line);
    }
}
